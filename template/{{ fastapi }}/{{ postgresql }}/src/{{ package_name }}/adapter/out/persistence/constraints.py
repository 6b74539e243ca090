"""What PostgreSQL's errors mean."""

import psycopg
from sqlalchemy import exc


def violated_constraint(error: exc.IntegrityError) -> str:
    cause = error.orig
    return cause.diag.constraint_name or "" if isinstance(cause, psycopg.Error) else ""


def is_outage(error: Exception) -> bool:
    """Tell an outage or a lock from what trying again will not mend."""
    if isinstance(error, exc.InternalError):  # where writing is for another server now
        return isinstance(error.orig, psycopg.errors.ReadOnlySqlTransaction)
    return True
