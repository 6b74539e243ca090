"""What is known about the current request: its id is in the log, in a response header and in every problem."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True, kw_only=True)
class RequestContext:
    """``traceparent`` is the client's header if it is valid, ``path`` is percent-encoded.

    ``status`` is None until the response starts.
    """

    id: str
    trace_id: str | None
    traceparent: str | None = None
    method: str
    path: str
    route: str | None = None
    status: int | None = None


current: ContextVar[RequestContext | None] = ContextVar("request", default=None)


def set_route(template: str) -> None:
    """Name the route of the current request, as in ``/orders/{number}``."""
    if context := current.get():
        context.route = template
