"""An event on its way to one handler."""

from contextvars import ContextVar
from dataclasses import dataclass


class AlreadyHandled(Exception):
    """The event has been handled before, or at the same time: nothing is written."""


@dataclass(slots=True, kw_only=True)
class Delivery:
    """``subject`` is what the event is about, ``body`` the event as JSON.

    ``attempts`` does not count those that ended because something was not available: these are ``outages``.
    """

    position: int
    event_id: str
    handler: str
    subject: str
    type: str
    body: str
    request_id: str | None
    traceparent: str | None
    attempts: int
    outages: int
    is_committed: bool = False


# The unit of work of a handler deletes the row of this one in its own transaction.
current: ContextVar[Delivery | None] = ContextVar("delivery", default=None)
