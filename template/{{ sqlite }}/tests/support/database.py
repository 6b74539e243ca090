"""Databases for tests: SQLite files in temporary folders."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def fresh_database() -> Iterator[str]:
    """Yield the address of an empty database of its own."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield f"sqlite:///{Path(folder) / 'test.sqlite3'}"


def execute(address: str, statement: str) -> None:
    with closing(sqlite3.connect(address.removeprefix("sqlite:///"), autocommit=True)) as connection:
        connection.execute(statement)
