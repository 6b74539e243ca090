"""Here ``client`` asks the running service."""

import httpx2
import pytest

from tests.support.running_service import RunningService


@pytest.fixture
def client(service: RunningService) -> httpx2.Client:
    return service.client
