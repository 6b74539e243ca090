"""The identity of a request; it is in its log records, its headers and its problem."""

import re
from contextlib import suppress
from uuid import UUID, uuid4

HEADER = "X-Request-ID"

# W3C Trace Context: no identity is all zeros, no version is ff, and versions after 00 may say more at the end.
TRACEPARENT = re.compile(
    r"(?!ff|00.{54})[0-9a-f]{2}-(?!0{32})(?P<trace>[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?"
)


def choose(*offered: str | None) -> UUID:
    """Keep the first of the caller's identities that is a UUID, or else make one."""
    for text in filter(None, offered):
        with suppress(ValueError):
            return UUID(text)
    return uuid4()


def of_trace(traceparent: str | None) -> str | None:
    """Return the trace that a W3C ``traceparent`` header names."""
    found = TRACEPARENT.fullmatch(traceparent or "")
    return found["trace"] if found else None
