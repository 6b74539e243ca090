"""How PostgreSQL names the constraint that a write violates."""

import psycopg
from sqlalchemy.exc import IntegrityError


def violated_constraint(error: IntegrityError) -> str:
    cause = error.orig
    return cause.diag.constraint_name or "" if isinstance(cause, psycopg.Error) else ""
