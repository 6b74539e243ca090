"""One served service for all tests that leave it running; its two processes share nothing but the database."""

from collections.abc import Iterator

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
    with serve(address, WORKERS="2", POOL_SIZE="5", LOG_LEVEL="WARNING") as served:
        yield served


@pytest.fixture
def served(shared: Served) -> Served:
    assert shared.process.poll() is None
    return shared


@pytest.fixture
def client(served: Served) -> httpx2.Client:
    return served.client
