"""A call to another service, its limits, and how it fails."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from time import monotonic
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """``path`` is below the service's URL, with values in it quoted; ``query`` is quoted here, and never logged."""

    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    method: str = "GET"
    json: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Times are in seconds. ``total`` includes retries, and is less than the six that a request may take."""

    connect: float = 1
    read: float = 2
    total: float = 4
    attempts: int = 3
    response_bytes: int = 1_048_576
    connections: int = 20
    failures: int = 5
    """So many in a row open the circuit breaker."""
    pause: float = 10
    """So long it stays open."""


@dataclass(slots=True)
class Deadline:
    """The end of the time for a call, or for several together."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Self:
        return cls(monotonic() + seconds)

    @property
    def left(self) -> float:
        return max(0.0, self.at - monotonic())


class Repeat(Enum):
    NEVER = auto()
    IF_IDEMPOTENT = auto()
    ALWAYS = auto()  # the request was not sent


class CallFailed(Exception):
    """There is no usable response. The text may be logged: it has no query, no credentials and no body."""

    def __init__(self, reason: str, *, repeat: Repeat = Repeat.NEVER, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.repeat = repeat
        self.retry_after = retry_after


class CallRejected(CallFailed):
    """The other service rejects the call with a status of 400 to 499: it works, and the call is wrong."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.status = status
