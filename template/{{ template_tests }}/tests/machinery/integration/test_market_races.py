"""Markets on the running service: races, and clients that hang up."""

import json
import socket
import struct
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import httpx2
import pytest

from tests.support.problems import assert_problem
from tests.support.raw_http import in_chunks, post, response_of
from tests.support.running_service import RunningService

FARMERS = {"name": "Farmers", "slug": "farmers"}
CALLERS = 16
ROUNDS = 10
numbers = count()


@pytest.fixture
def slug() -> str:
    """A slug of the test's own: the server is everyone's."""
    return f"market-{next(numbers)}"


def together[T](call: Callable[[T], httpx2.Response], arguments: Iterable[T]) -> list[httpx2.Response]:
    with ThreadPoolExecutor(CALLERS) as pool:
        return list(pool.map(lambda argument: patiently(lambda: call(argument)), arguments))


def patiently(call: Callable[[], httpx2.Response]) -> httpx2.Response:
    """Call again after a 503, which is correct on a busy machine: these tests are about what follows."""
    deadline = time.monotonic() + 60
    while (response := call()).status_code == 503 and time.monotonic() < deadline:
        time.sleep(0.1)
    return response


def create_with(client: httpx2.Client) -> Callable[[str], httpx2.Response]:
    return lambda slug: client.post("/markets", json=FARMERS | {"slug": slug})


def a_market(slug: str) -> bytes:
    return json.dumps(FARMERS | {"slug": slug}).encode()


def test_a_small_body_in_chunks_is_read(service: RunningService, slug: str) -> None:
    body = in_chunks(a_market(slug)[:10], a_market(slug)[10:])
    raw = service.send(post("/markets", body, "Transfer-Encoding: chunked", "Connection: close"))

    assert response_of(raw).status_code == 201
    assert service.client.get(f"/markets/{slug}").json()["name"] == "Farmers"


def test_one_slug_is_given_to_one_of_many_callers(client: httpx2.Client) -> None:
    for _ in range(ROUNDS):
        answers = together(create_with(client), [f"market-{next(numbers)}"] * CALLERS)

        assert Counter(answer.status_code for answer in answers) == {201: 1, 409: CALLERS - 1}
        for answer in answers:
            if answer.status_code != 201:
                assert assert_problem(answer, 409)["type"] == "urn:problem-type:market-slug-taken"


def test_markets_that_differ_are_all_created(client: httpx2.Client) -> None:
    slugs = [f"many-{number:03}" for number in range(CALLERS * ROUNDS)]
    answers = together(create_with(client), slugs)

    assert Counter(answer.status_code for answer in answers) == {201: len(slugs)}
    assert {slug for slug in listed(client) if slug.startswith("many-")} == set(slugs)


def test_one_of_many_callers_publishes(client: httpx2.Client) -> None:
    for _ in range(ROUNDS):
        [created] = together(create_with(client), [f"market-{next(numbers)}"])
        address = created.headers["Location"]
        answers = together(client.post, [f"{address}/publish"] * CALLERS)

        assert Counter(answer.status_code for answer in answers) == {200: 1, 409: CALLERS - 1}
        assert client.get(address).json()["status"] == "ACTIVE"


def test_readers_are_served_while_others_write(client: httpx2.Client) -> None:
    def write_or_read(number: int) -> httpx2.Response:
        return create_with(client)(f"written-{number}") if number % 2 else client.get("/markets?limit=100")

    answers = together(write_or_read, range(100))

    assert Counter(answer.status_code for answer in answers) == {201: 50, 200: 50}
    for page in (answer.json() for answer in answers if answer.status_code == 200):
        slugs = [market["slug"] for market in page["items"]]
        assert slugs == sorted(slugs)


def listed(client: httpx2.Client) -> list[str]:
    pages: list[Any] = []
    while not pages or pages[-1]:
        pages.append(client.get("/markets", params={"limit": 100, "offset": len(pages) * 100}).json()["items"])
    return [market["slug"] for page in pages for market in page]


def test_half_a_request_leaves_nothing_behind(service: RunningService, slug: str) -> None:
    for _ in range(20):
        with service.connect() as connection:
            connection.sendall(post("/markets", a_market(slug)[:-5], f"Content-Length: {len(a_market(slug))}"))

    assert service.client.get(f"/markets/{slug}").status_code == 404


def test_a_client_that_hangs_up_keeps_no_connection(service: RunningService) -> None:
    logged = service.log.read_text()
    slugs = [f"market-{next(numbers)}" for _ in range(30)]
    for slug in slugs:
        with service.connect() as connection:
            reset_on_close(connection)
            connection.sendall(post("/markets", a_market(slug), f"Content-Length: {len(a_market(slug))}"))

    answers = together(service.client.get, [f"/markets/{slug}" for slug in slugs])
    assert {answer.status_code for answer in answers} <= {200, 404}
    assert service.client.get("/health/ready").status_code == 200
    assert "Traceback" not in service.log.read_text().removeprefix(logged)


def reset_on_close(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
