"""What PostgreSQL's errors mean; the ORM's errors have them as their cause."""

import psycopg


def violated_constraint(error: Exception) -> str:
    cause = error.__cause__
    return cause.diag.constraint_name or "" if isinstance(cause, psycopg.Error) else ""


def is_outage(error: Exception) -> bool:
    """Return whether trying again later can help: the database is locked or cannot be reached."""
    if isinstance(error.__cause__, psycopg.InternalError):  # another server is the primary now
        return isinstance(error.__cause__, psycopg.errors.ReadOnlySqlTransaction)
    return True
