"""New identities."""

from typing import Protocol
from uuid import UUID


class NewId(Protocol):
    def __call__(self) -> UUID:
        """Return an identity that nothing else has."""
