"""Databases for tests: SQLite files in temporary folders."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def fresh_database() -> Iterator[str]:
    """Yield the address of an empty database of its own."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield f"sqlite:///{Path(folder) / 'test.sqlite3'}"
