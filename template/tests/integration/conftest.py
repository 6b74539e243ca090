"""Here ``client`` calls the running service, which has a database of its own."""

from collections.abc import Iterator

import httpx2
import pytest

from tests.support.database import fresh_database
from tests.support.running_service import migrate, serve


@pytest.fixture(scope="session")
def client() -> Iterator[httpx2.Client]:
    with fresh_database() as address:
        migrate(address)
        with serve(address, POOL_SIZE="16", LOG_LEVEL="WARNING") as service:
            yield service.client
