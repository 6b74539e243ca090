"""The lock that lets one migration run at a time: SQLite has none."""

from contextlib import AbstractContextManager, nullcontext


def only_migration(_: str) -> AbstractContextManager[None]:
    """Do nothing: SQLite has no lock that a migration could hold from start to end."""
    return nullcontext()
