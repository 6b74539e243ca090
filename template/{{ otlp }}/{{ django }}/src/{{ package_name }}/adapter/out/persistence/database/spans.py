"""A span for every statement, without the values that it is given."""

from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from opentelemetry import trace

tracer = trace.get_tracer(__name__)


def trace_statements() -> None:
    """See to it for all connections that come from now on."""
    connection_created.connect(_attend)


def _attend(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if _traced not in connection.execute_wrappers:
        connection.execute_wrappers.append(_traced)


def _traced(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    operation = sql.split(maxsplit=1)[0].upper()
    with tracer.start_as_current_span(
        operation, kind=trace.SpanKind.CLIENT, record_exception=False, set_status_on_exception=False
    ) as span:
        span.set_attribute("db.system.name", context["connection"].vendor)
        span.set_attribute("db.operation.name", operation)
        span.set_attribute("db.query.text", sql)
        try:
            return execute(sql, params, many, context)
        except Exception as error:
            span.set_attribute("error.type", type(error).__name__)
            span.set_status(trace.StatusCode.ERROR)
            raise
