"""How PostgreSQL names the constraint that a write violates."""

import psycopg
from django.db import IntegrityError


def violated_constraint(error: IntegrityError) -> str:
    cause = error.__cause__
    return cause.diag.constraint_name or "" if isinstance(cause, psycopg.Error) else ""
