"""What SQLite's errors mean."""

import re
import sqlite3

from sqlalchemy.exc import IntegrityError


def violated_constraint(error: IntegrityError) -> str:
    """Return the constraint's name; that of a unique one follows from its columns, by the convention of names."""
    kind, _, subject = str(error.orig).partition(" constraint failed: ")
    return "uq_" + re.sub(r"(, \w+)?\.", "_", subject) if kind == "UNIQUE" else subject


def is_outage(error: Exception) -> bool:
    """Tell an outage or a lock from a statement that is wrong: SQLite has one class of errors for them all."""
    return getattr(getattr(error, "orig", None), "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR
