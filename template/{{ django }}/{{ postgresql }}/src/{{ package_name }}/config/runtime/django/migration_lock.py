"""The lock that lets one migration run at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep
from typing import Any

from django.db import connections

LOCK = 7_268_357_104  # any number, as long as nothing else uses it
INTERVAL = 0.2  # seconds


@contextmanager
def only_migration(using: str) -> Iterator[None]:
    """Wait until no other migration runs, and let none start.

    The lock belongs to a transaction, which works behind a pooler in transaction mode, and to a connection of its own.
    It is polled: a statement that waits would block the ``CREATE INDEX CONCURRENTLY`` of the migration it waits for.
    """
    connection = connections[using].copy()
    try:
        connection.set_autocommit(False)
        while not _is_locked(connection):
            connection.rollback()
            sleep(INTERVAL)
        yield
    finally:
        connection.close()


def _is_locked(connection: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        (locked,) = cursor.fetchone()
    return bool(locked)
