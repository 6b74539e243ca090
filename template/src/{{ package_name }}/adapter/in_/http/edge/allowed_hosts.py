"""The hosts that the service answers to."""

import re
from collections.abc import Sequence

AUTHORITY = re.compile(r"(?P<name>[^:\[\]]+|\[[0-9a-f:.]+\])(:[0-9]*)?", re.IGNORECASE)


class AllowedHosts:
    """Made of names; ``*.example.com`` stands for every name below that one, ``*`` for all."""

    def __init__(self, names: Sequence[str]) -> None:
        self._all = "*" in names
        self._names = frozenset(names)
        self._endings = tuple(name[1:] for name in names if name.startswith("*."))

    def include(self, header: str | None) -> bool:
        """Tell whether the request with this ``Host`` header is for us."""
        if self._all:
            return True
        named = AUTHORITY.fullmatch(header or "")
        name = named["name"].lower() if named else ""
        return name in self._names or name.endswith(self._endings)
