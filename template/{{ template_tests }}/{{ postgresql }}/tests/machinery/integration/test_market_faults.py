"""A PostgreSQL server that is too busy for markets: 503 within seconds, and never a 500."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import LiteralString

import httpx2
import psycopg
import pytest

from tests.support.problems import PATIENCE, assert_unavailable
from tests.support.running_service import RunningService, serve, wait_until

POOL_SIZE = 2
FARMERS = {"name": "Farmers", "slug": "farmers"}
LATE = {"name": "Late", "slug": "late"}


@pytest.fixture(scope="module")
def service(address: str) -> Iterator[RunningService]:
    with serve(address, POOL_SIZE=str(POOL_SIZE)) as service:
        service.client.post("/markets", json=FARMERS)
        yield service


@contextmanager
def locked_table(address: str, mode: LiteralString) -> Iterator[None]:
    with psycopg.connect(address) as connection:
        connection.execute(f"LOCK TABLE market IN {mode} MODE")
        yield
        connection.rollback()


def test_a_locked_table_keeps_nobody_waiting_for_long(client: httpx2.Client, address: str) -> None:
    paths = ["/markets/nobody-has-read-it", "/markets"]  # a market that was read may be in a cache
    with locked_table(address, "ACCESS EXCLUSIVE"), ThreadPoolExecutor() as pool:
        list(pool.map(lambda path: assert_unavailable(lambda: client.get(path)), paths))
        assert client.get("/health/ready").status_code == 200

    assert [client.get(path).status_code for path in paths] == [404, 200]


def test_a_table_locked_against_writers_can_be_read(client: httpx2.Client, address: str) -> None:
    with locked_table(address, "EXCLUSIVE"):
        assert_unavailable(lambda: client.post("/markets", json=LATE))
        assert client.get("/markets/farmers").status_code == 200

    assert client.get("/markets/late").status_code == 404
    assert client.post("/markets", json=LATE).status_code == 201


def test_the_options_of_an_address_hold_and_so_do_the_limits(address: str) -> None:
    read_only = f"{address}{'&' if '?' in address else '?'}options=-cdefault_transaction_read_only%3Don"
    with serve(read_only) as service:
        assert_unavailable(lambda: service.client.post("/markets", json=FARMERS))
        with locked_table(address, "ACCESS EXCLUSIVE"):
            assert_unavailable(lambda: service.client.get("/markets"))


def test_more_callers_than_connections_are_not_kept_waiting(client: httpx2.Client, address: str) -> None:
    callers = POOL_SIZE * 4
    with ThreadPoolExecutor(callers) as pool:
        with locked_table(address, "ACCESS EXCLUSIVE"):
            waiting = [pool.submit(assert_unavailable, lambda: client.get("/markets")) for _ in range(callers)]
            time.sleep(0.5)
            assert client.get("/health/live", timeout=PATIENCE).status_code == 200
            for future in waiting:
                future.result()

        def everybody_is_served() -> bool:
            return {answer.status_code for answer in pool.map(client.get, ["/markets"] * callers)} == {200}

        wait_until(everybody_is_served, seconds=30)
    assert client.get("/health/ready").status_code == 200
    assert client.post("/markets", json=FARMERS).status_code == 409
    assert client.post("/markets/farmers/publish").status_code == 200
