"""The address of the database, as PostgreSQL has it."""

from contextlib import suppress

from psycopg import OperationalError, ProgrammingError, connect
from psycopg.conninfo import conninfo_to_dict

MAX_NAME = 63  # bytes


def is_address(url: str) -> bool:
    """Tell whether the driver can read it, and it names a database; special characters are to be percent-encoded."""
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError:
        return False
    ports = str(parts.get("port", "")).split(",")
    name = str(parts.get("dbname", "")).encode()
    known = 0 < len(name) <= MAX_NAME or "service" in parts
    return url.startswith("postgresql://") and known and all(port.isdecimal() for port in ports if port)


def connection_limit(url: str) -> int | None:
    """Return how many connections the server takes, or nothing if it does not answer or a pooler shares them out."""
    with suppress(OperationalError), connect(url, connect_timeout=5) as connection:
        query = "SELECT pg_backend_pid(), current_setting('max_connections')"
        process, limit = connection.execute(query).fetchall()[0]
        return int(limit) if process == connection.info.backend_pid else None
    return None
