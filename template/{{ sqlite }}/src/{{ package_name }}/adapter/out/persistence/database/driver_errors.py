"""What SQLite's errors mean, as the cause of those of the ORM."""

import re
import sqlite3

# A statement that is wrong, and a row that cannot be read, come as the same class of errors as these.
OUTAGES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
}


def violated_constraint(error: Exception) -> str:
    """Return the constraint's name, or ``""`` of a foreign key, which SQLite does not name.

    That of a unique one follows from its columns, by the convention of names; for one on expressions SQLite gives it.
    """
    kind, _, subject = str(error.__cause__).partition(" constraint failed: ")
    if on_expressions := re.fullmatch("index '(.+)'", subject):
        return on_expressions[1]
    return "uq_" + re.sub(r"(, \w+)?\.", "_", subject) if kind == "UNIQUE" else subject


def is_outage(error: Exception) -> bool:
    """Tell an outage or a lock from what trying again will not mend."""
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in OUTAGES  # the bytes above only say more
