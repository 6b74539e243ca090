"""Here ``client`` asks the running service."""

import httpx2
import pytest

from tests.support.running_service import Served


@pytest.fixture
def client(served: Served) -> httpx2.Client:
    return served.client
