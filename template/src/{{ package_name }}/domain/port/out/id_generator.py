"""New identities."""

from typing import Protocol
from uuid import UUID


class IdGenerator(Protocol):
    def __call__(self) -> UUID:
        """Return an identity that nothing else has."""
