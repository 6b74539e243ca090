"""How SQLite names the constraint that a write violates."""

import re

from sqlalchemy.exc import IntegrityError


def violated_constraint(error: IntegrityError) -> str:
    """Return the constraint's name; that of a unique one follows from its columns, by the convention of names."""
    kind, _, subject = str(error.orig).partition(" constraint failed: ")
    return "uq_" + re.sub(r"(, \w+)?\.", "_", subject) if kind == "UNIQUE" else subject
