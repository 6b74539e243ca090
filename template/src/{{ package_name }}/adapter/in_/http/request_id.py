"""The identity of the request that is being answered; it is in its log records, its headers and its problem."""

from contextvars import ContextVar
from uuid import UUID, uuid4

HEADER = "X-Request-ID"

current: ContextVar[UUID | None] = ContextVar("request_id", default=None)


def choose(offered: str | None) -> UUID:
    """Keep the caller's identity where it is a UUID, or else make one."""
    try:
        return UUID(offered)
    except (TypeError, ValueError) as _:
        return uuid4()
