"""A query that is compiled once: compiling takes two fifths of the time of a request that reads one row."""

from collections.abc import Sequence
from typing import Any

from django.db import connections
from django.db.models import QuerySet


class CompiledQuery:
    """The values in the filters of ``rows`` are placeholders: each call replaces them, in the same order."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self._using = rows.db
        self._query = rows.query
        compiler = self._query.get_compiler(self._using)
        self._sql, _ = compiler.as_sql()
        self._converters = compiler.get_converters([column for column, *_ in compiler.select])

    def __call__(self, *values: Any) -> Sequence[Sequence[Any]]:
        """Return the rows; the driver gets the values as they are."""
        with connections[self._using].cursor() as cursor:
            cursor.execute(self._sql, values)
            rows: Sequence[Sequence[Any]] = cursor.fetchall()
        if not self._converters:
            return rows
        return list(self._query.get_compiler(self._using).apply_converters(rows, self._converters))
