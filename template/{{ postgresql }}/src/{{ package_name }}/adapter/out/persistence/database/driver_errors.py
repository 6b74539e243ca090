"""What PostgreSQL's errors mean, as the cause of those of the ORM."""

import psycopg


def violated_constraint(error: Exception) -> str:
    cause = error.__cause__
    return cause.diag.constraint_name or "" if isinstance(cause, psycopg.Error) else ""


def is_outage(error: Exception) -> bool:
    """Tell an outage or a lock from what trying again will not mend."""
    if isinstance(error.__cause__, psycopg.InternalError):  # where writing is for another server now
        return isinstance(error.__cause__, psycopg.errors.ReadOnlySqlTransaction)
    return True
