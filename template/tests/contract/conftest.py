"""Both sides of every contract: the fake, and the real adapter on a real database; and the contract of the API."""

from typing import Any

import httpx2
import pytest

from tests.fakes.ports import fake_ports
from tests.fakes.store import Store
from tests.subject import Subject


@pytest.fixture
def fakes(store: Store) -> Subject:
    return Subject(fake_ports(store), store.published)


@pytest.fixture(params=["fakes", "adapters"])
def subject(request: pytest.FixtureRequest) -> Subject:
    """First the fakes, then the real adapters; every test of a port runs on both."""
    subject: Subject = request.getfixturevalue(request.param)
    return subject


@pytest.fixture
def document(client: httpx2.Client) -> dict[str, Any]:
    served: dict[str, Any] = client.get("/openapi.json").json()
    return served
