"""The hosts that the service responds to."""

import re
from collections.abc import Sequence

AUTHORITY = re.compile(r"(?P<name>[^:\[\]]+|\[[0-9a-f:.]+\])(:[0-9]*)?", re.IGNORECASE)


class AllowedHosts:
    """Takes host names; ``*.example.com`` allows every name below that one, ``*`` allows all."""

    def __init__(self, names: Sequence[str]) -> None:
        self._all = "*" in names
        self._names = frozenset(names)
        self._endings = tuple(name[1:] for name in names if name.startswith("*."))

    def allow(self, header: str | None) -> bool:
        """Return whether this ``Host`` header names one of the hosts."""
        if self._all:
            return True
        authority = AUTHORITY.fullmatch(header or "")
        name = authority["name"].lower() if authority else ""
        return name in self._names or name.endswith(self._endings)
