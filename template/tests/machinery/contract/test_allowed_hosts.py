"""Which ``Host`` headers the service accepts."""

from collections.abc import Callable

import httpx2
import pytest

from tests.support.problems import assert_problem

ALLOWED = ("api.example.com", "*.example.org", "[::1]")


@pytest.mark.parametrize(
    "host",
    ["api.example.com", "API.example.com", "api.example.com:8000", "a.example.org", "a.b.example.org", "[::1]:80"],
)
def test_a_request_for_an_allowed_host_is_accepted(host: str, client_with: Callable[..., httpx2.Client]) -> None:
    client = client_with(allowed_hosts=ALLOWED)

    assert client.get("/openapi.json", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["", "bad.example", "example.org", "badexample.org", "api.example.com.bad.example", "api.example.com:x", "::1"],
)
def test_a_request_for_another_host_is_rejected_unless_it_is_a_health_probe(
    host: str, client_with: Callable[..., httpx2.Client]
) -> None:
    client = client_with(allowed_hosts=ALLOWED)

    assert_problem(client.get("/openapi.json", headers={"Host": host}), 400)
    for path in ("/health/live", "/health/ready"):
        assert client.get(path, headers={"Host": host}).status_code == 200
