"""A SQLite file that is locked, out of reach or not writable: 503 for as long as it lasts, and never a 500."""

import os
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.support.problems import PATIENCE, assert_problem, assert_unavailable
from tests.support.running_service import migrate, serve, wait_until

# [sample]
FARMERS = {"name": "Farmers", "slug": "farmers"}
LATE = {"name": "Late", "slug": "late"}


@contextmanager
def another_writer(address: str) -> Iterator[None]:
    with closing(sqlite3.connect(address.removeprefix("sqlite:///"), autocommit=True)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def test_a_file_that_another_writer_holds_can_be_read_and_later_written(client: httpx2.Client, address: str) -> None:
    with another_writer(address):
        assert_unavailable(lambda: client.post("/markets", json=LATE))
        assert client.get("/markets").status_code == 200
        assert client.get("/health/ready").status_code == 200

    assert client.get("/markets/late").status_code == 404
    assert client.post("/markets", json=LATE).status_code == 201


def test_more_callers_than_connections_are_not_kept_waiting(address: str) -> None:
    callers = 90
    with serve(address, POOL_SIZE="2") as service, ThreadPoolExecutor(callers) as pool, another_writer(address):
        waiting = [
            pool.submit(assert_unavailable, lambda: service.client.post("/markets", json=LATE)) for _ in range(callers)
        ]
        time.sleep(0.5)
        assert service.client.get("/health/live", timeout=PATIENCE).status_code == 200
        for future in waiting:
            future.result()


def test_a_row_that_cannot_be_read_is_no_outage(client: httpx2.Client, address: str) -> None:
    client.post("/markets", json={"name": "Broken", "slug": "broken"})
    with closing(sqlite3.connect(address.removeprefix("sqlite:///"), autocommit=True)) as connection:
        connection.execute("UPDATE market SET name = CAST(x'ff' AS TEXT) WHERE slug = 'broken'")
        assert_problem(client.get("/markets/broken"), 500)
        connection.execute("DELETE FROM market WHERE slug = 'broken'")


# [/sample]
def test_a_service_may_start_before_the_folder_of_its_database(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'folder' / 'test.sqlite3'}"
    with serve(address) as service:
        assert service.client.get("/health/live").status_code == 200
        assert_unavailable(lambda: service.client.get("/health/ready"))
        # [sample]
        assert_unavailable(lambda: service.client.get("/markets"))
        assert_unavailable(lambda: service.client.post("/markets", json=FARMERS))
        # [/sample]

        (tmp_path / "folder").mkdir()
        migrate(address)
        wait_until(lambda: service.client.get("/health/ready").status_code == 200, seconds=30)
        # [sample]
        assert service.client.post("/markets", json=FARMERS).status_code == 201


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_cannot_be_written_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "test.sqlite3"
    migrate(f"sqlite:///{file}")
    with serve(f"sqlite:///{file}") as service:
        for path in (file, tmp_path):
            path.chmod(path.stat().st_mode & 0o555)
        assert_unavailable(lambda: service.client.post("/markets", json=FARMERS))
        assert service.client.get("/health/live").status_code == 200
        for path in (tmp_path, file):
            path.chmod(path.stat().st_mode | 0o200)
        # [/sample]
