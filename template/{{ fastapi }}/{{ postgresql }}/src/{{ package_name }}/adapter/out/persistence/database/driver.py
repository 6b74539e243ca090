"""PostgreSQL, as requests use it."""

from collections.abc import Mapping
from select import POLLIN, poll
from typing import Any

from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import URL, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

# Seconds. A request that waits for a connection, a row and a lock still gets its answer within six.
POOL_TIMEOUT = 1.5
CONNECT_TIMEOUT = 2
LOCK_TIMEOUT = 2
STATEMENT_TIMEOUT = 2.5

OPTIONS: Mapping[str, Any] = {
    "connect_args": {
        "connect_timeout": CONNECT_TIMEOUT,
        "tcp_user_timeout": CONNECT_TIMEOUT * 1000,
    },
    "isolation_level": "AUTOCOMMIT",
    "pool_timeout": POOL_TIMEOUT,
    "skip_autocommit_rollback": True,
}
TRANSACTION: Mapping[str, Any] = {"isolation_level": "READ COMMITTED"}


def address(url: str) -> URL:
    """Return the address with the limits of requests."""
    given = read(url)
    limits = f"-c lock_timeout={LOCK_TIMEOUT}s -c statement_timeout={STATEMENT_TIMEOUT}s"
    return given.update_query_dict({"options": f"{given.query.get('options', '')} {limits}".lstrip()})


def read(url: str) -> URL:
    """Read an address as the driver does; SQLAlchemy would read some in other ways."""
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items() if value}
    return URL.create(
        "postgresql+psycopg",
        username=parts.pop("user", None),
        password=parts.pop("password", None),
        database=parts.pop("dbname", None),
        query=parts,
    )


def attend(engine: Engine) -> None:
    event.listen(engine, "checkout", _refuse_dead)


def _refuse_dead(_: DBAPIConnection, entry: ConnectionPoolEntry, __: PoolProxiedConnection) -> None:
    """Have a connection replaced that the server has closed: an idle one has nothing else to tell.

    That costs microseconds, where a ping would cost each request a round trip.
    """
    socket = poll()
    socket.register(entry.driver_connection, POLLIN)  # type: ignore[arg-type]
    if socket.poll(0):
        raise DisconnectionError
