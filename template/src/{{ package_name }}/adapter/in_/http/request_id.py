"""The identity of the request that is being answered; it is in its log records, its headers and its problem."""

import re
from contextlib import suppress
from contextvars import ContextVar
from uuid import UUID, uuid4

HEADER = "X-Request-ID"

TRACEPARENT = re.compile(r"[0-9a-f]{2}-(?P<trace>[0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*")

current: ContextVar[UUID | None] = ContextVar("request_id", default=None)


def choose(*offered: str | None) -> UUID:
    """Keep the first of the caller's identities that is a UUID, or else make one."""
    for text in offered:
        with suppress(TypeError, ValueError):
            return UUID(text)
    return uuid4()


def of_trace(traceparent: str | None) -> str | None:
    """Return the trace that a W3C ``traceparent`` header names."""
    found = TRACEPARENT.fullmatch(traceparent or "")
    return found["trace"] if found and found["trace"].strip("0") else None
