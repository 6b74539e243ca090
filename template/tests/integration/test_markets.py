"""Markets in the running service: what only a real database can prove."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx2
import pytest

from tests.support.problems import assert_problem

CALLERS = 16


@pytest.fixture
def slug() -> str:
    """A slug of the test's own: all tests share the database."""
    return f"market-{uuid4().hex}"


def at_once(call: Callable[[], httpx2.Response]) -> list[httpx2.Response]:
    """Make the call as often as there are callers, all at the same time."""
    with ThreadPoolExecutor(CALLERS) as pool:
        return list(pool.map(lambda _: retried(call), range(CALLERS)))


def retried(call: Callable[[], httpx2.Response]) -> httpx2.Response:
    """Call again while the service is too busy, as clients do."""
    while (response := call()).status_code == 503:
        time.sleep(0.1)
    return response


def test_a_market_is_created_published_and_found(client: httpx2.Client, slug: str) -> None:
    fee = {"amount": "12.50", "currency": "EUR"}
    created = client.post("/markets", json={"name": "Farmers", "slug": slug, "fee": fee})
    published = client.post(f"{created.headers['Location']}/publish").json()

    assert published == created.json() | {"status": "ACTIVE"}
    assert client.get(f"/markets/{slug}").json() == published
    assert published in client.get("/markets", params={"status": "ACTIVE", "limit": 100}).json()["items"]


def test_one_of_many_callers_gets_a_slug(client: httpx2.Client, slug: str) -> None:
    responses = at_once(lambda: client.post("/markets", json={"name": "Farmers", "slug": slug}))

    assert Counter(response.status_code for response in responses) == {201: 1, 409: CALLERS - 1}
    for response in responses:
        if response.status_code != 201:
            assert assert_problem(response, 409)["type"] == "urn:problem-type:market-slug-taken"


def test_one_of_many_callers_publishes(client: httpx2.Client, slug: str) -> None:
    client.post("/markets", json={"name": "Farmers", "slug": slug})
    responses = at_once(lambda: client.post(f"/markets/{slug}/publish"))

    assert Counter(response.status_code for response in responses) == {200: 1, 409: CALLERS - 1}
    assert client.get(f"/markets/{slug}").json()["status"] == "ACTIVE"
