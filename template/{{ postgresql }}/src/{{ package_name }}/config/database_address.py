"""The address of the database, as PostgreSQL has it."""

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict


def is_address(url: str) -> bool:
    """Tell whether the driver can read it; what special characters a password has are to be percent-encoded."""
    try:
        return url.startswith("postgresql://") and bool(conninfo_to_dict(url))
    except ProgrammingError:
        return False
