"""What holds for every table: the names of constraints, and times in UTC."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator

# ``constraint_errors.py`` lists constraints by these names.
CONSTRAINT_NAMES: Mapping[str, str] = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """Aware times, read as UTC whatever zone they were written in and the server is set to."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is not None and value.utcoffset() is None:
            raise ValueError("A time needs a time zone: use datetime.now(UTC) or .replace(tzinfo=UTC).")
        return value and value.astimezone(UTC)  # a database may store no zone

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
