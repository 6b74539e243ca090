"""Get a market over HTTP."""

import httpx2

from tests.support.problems import assert_problem


def test_the_market_is_read_over_http(client: httpx2.Client) -> None:
    created = client.post("/markets", json={"name": "Example", "slug": "example"}).json()

    assert client.get("/markets/example/get").json() == created


def test_an_unknown_slug_is_not_found_over_http(client: httpx2.Client) -> None:
    problem = assert_problem(client.get("/markets/nowhere/get"), 404)

    assert problem["type"] == "urn:problem-type:market-not-found"
