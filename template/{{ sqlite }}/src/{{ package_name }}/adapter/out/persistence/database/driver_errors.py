"""What SQLite's errors mean; the ORM's errors have them as their cause."""

import re
import sqlite3

# SQLite raises errors of the same class for a wrong statement and for a row that cannot be read.
OUTAGES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
}

# Returns the name of a foreign key that the open transaction violates, or NULL. Its checks have to be deferred.
VIOLATED_FOREIGN_KEY = """
SELECT 'fk_' || violation."table" || '_' || group_concat(part."from", '_')
FROM (SELECT * FROM pragma_foreign_key_check LIMIT 1) AS violation
JOIN pragma_foreign_key_list(violation."table") AS part ON part.id = violation.fkid
"""


def violated_constraint(error: Exception) -> str:
    """Return the constraint's name; for a foreign key, see ``add_foreign_key``.

    SQLite names check constraints and unique indexes on expressions. Others have a name by convention: ``uq_`` or
    ``fk_``, the table, the columns.
    """
    kind, _, subject = str(error.__cause__).partition(" constraint failed: ")
    if on_expressions := re.fullmatch("index '(.+)'", subject):
        return on_expressions[1]
    return "uq_" + re.sub(r"(, \w+)?\.", "_", subject) if kind == "UNIQUE" else subject


def violates_foreign_key(error: BaseException | None) -> bool:
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY


def add_foreign_key(error: BaseException, name: str) -> None:
    """Complete an error with the name, which SQLite does not give."""
    error.args = (f"FOREIGN KEY constraint failed: {name}",)


def is_outage(error: Exception) -> bool:
    """Return whether trying again later can help: the database is locked or cannot be reached."""
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in OUTAGES  # the higher bits give details
