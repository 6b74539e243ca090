"""One served service for all tests that leave it running; its two processes share nothing but the database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from tests.database import fresh_database
from tests.integration.served import Served, migrate, serve


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a migrated database."""
    with fresh_database() as address:
        migrate(address)
        yield address


@pytest.fixture(scope="session")
def shared(address: str) -> Iterator[Served]:
    """As many connections as callers, and open: on a busy machine some callers would else be refused."""
    with serve(address, WORKERS="2", POOL_SIZE="16", LOG_LEVEL="WARNING") as served:
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(served.client.get, ["/health/ready"] * 64))
        yield served


@pytest.fixture
def served(shared: Served) -> Served:
    assert shared.process.poll() is None
    return shared


@pytest.fixture
def client(served: Served) -> httpx2.Client:
    return served.client
