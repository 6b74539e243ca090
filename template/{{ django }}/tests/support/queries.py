"""Counts queries, like Django's ``assertNumQueries``, which sees the connections of one thread only."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db.backends.utils import CursorWrapper


@contextmanager
def captured_queries() -> Iterator[list[str]]:
    """Yield a list that gets the SQL of every query, whichever thread makes it."""
    queries: list[str] = []
    execute = CursorWrapper.execute

    def capture(self: CursorWrapper, sql: Any, params: Any = None) -> Any:
        queries.append(str(sql))
        return execute(self, sql, params)

    with patch.object(CursorWrapper, "execute", capture):
        yield queries
