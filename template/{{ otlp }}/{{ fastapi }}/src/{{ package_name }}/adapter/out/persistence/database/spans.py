"""A span for every statement, without its parameters."""

from collections.abc import Callable, Mapping
from typing import Any

from opentelemetry import trace
from sqlalchemy import Connection, Engine, ExceptionContext, event

tracer = trace.get_tracer(__name__)


def trace_statements() -> None:
    """Trace the statements of all engines, also of engines made later."""
    for name, listener in LISTENERS.items():
        if not event.contains(Engine, name, listener):
            event.listen(Engine, name, listener)


def _begin(connection: Connection, _cursor: Any, statement: str, _parameters: Any, context: Any, _many: bool) -> None:
    operation = statement.split(maxsplit=1)[0].upper()
    context.span = tracer.start_span(operation, kind=trace.SpanKind.CLIENT)
    context.span.set_attribute("db.system.name", connection.dialect.name)
    context.span.set_attribute("db.operation.name", operation)
    context.span.set_attribute("db.query.text", statement)


def _end(_connection: Connection, _cursor: Any, _statement: str, _parameters: Any, context: Any, _many: bool) -> None:
    context.span.end()


def _fail(failure: ExceptionContext) -> None:
    span = getattr(failure.execution_context, "span", None)
    if span:
        span.set_attribute("error.type", type(failure.original_exception).__name__)
        span.set_status(trace.StatusCode.ERROR)
        span.end()


LISTENERS: Mapping[str, Callable[..., Any]] = {
    "before_cursor_execute": _begin,
    "after_cursor_execute": _end,
    "handle_error": _fail,
}
