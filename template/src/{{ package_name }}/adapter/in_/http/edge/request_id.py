"""The identity of a request; it is in its log records, its headers and its problem."""

import re
from contextlib import suppress
from os import urandom
from uuid import UUID

HEADER = "X-Request-ID"

# W3C Trace Context: no identity is all zeros, no version is ff, and versions after 00 may say more at the end.
TRACEPARENT = re.compile(
    r"(?!ff|00.{54})[0-9a-f]{2}-(?!0{32})(?P<trace>[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?"
)


def choose(offered: str | None) -> str:
    """Keep the caller's identity if it is a UUID, or else make one."""
    if offered:
        with suppress(ValueError):
            return str(UUID(offered))
    return make()


def make() -> str:
    """Return a random UUID, of version 4; to write out one of ``uuid4`` would take three times as long."""
    digits = urandom(16).hex()
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:]}"


def of_trace(traceparent: str | None) -> str | None:
    """Return the trace that a W3C ``traceparent`` header names."""
    found = TRACEPARENT.fullmatch(traceparent or "")
    return found["trace"] if found else None
