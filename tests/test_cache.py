"""The option ``cache`` as the users of a service meet it: Redis comes and goes under load, and no request fails."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from uuid import uuid4

import httpx2
import pytest

from harness.running import Project
from harness.serving import console_script, database_of, free_port, served
from harness.variants import Answers

SERVER, CLIENT = shutil.which("redis-server"), shutil.which("redis-cli")

SERVICES = [
    pytest.param({"framework": "fastapi", "database": "sqlite", "cache": "redis"}, id="fastapi-async"),
    pytest.param({"framework": "django", "database": "postgresql", "cache": "redis"}, id="django-sync"),
]
WARNING = "The cache is not used: Redis does not respond"
CALLERS = 4

needs_redis = pytest.mark.skipif(not SERVER and "CI" not in os.environ, reason="redis-server is not installed")


@contextmanager
def redis(port: int) -> Iterator[subprocess.Popen[bytes]]:
    assert SERVER, "there is no redis-server"
    process = subprocess.Popen([SERVER, "--port", str(port), "--save", ""], stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: keys(port) >= 0)
        yield process
    finally:
        process.kill()
        process.wait()


def keys(port: int) -> int:
    """Return how many keys the server has, or -1 if it does not respond."""
    assert CLIENT, "there is no redis-cli"
    done = subprocess.run([CLIENT, "-p", str(port), "dbsize"], capture_output=True, text=True, check=False)
    return int(done.stdout) if done.stdout.strip().isdigit() else -1


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@contextmanager
def load(client: httpx2.Client) -> Iterator[list[int]]:
    """Create markets, publish and read them as long as the block runs, and yield the number of those that are done."""
    end, done = Event(), []

    def call() -> None:
        while not end.is_set():
            create_publish_and_read(client, f"market-{uuid4().hex}")
            done.append(1)

    with ThreadPoolExecutor(CALLERS) as pool:
        callers = [pool.submit(call) for _ in range(CALLERS)]
        try:
            yield done
        finally:
            end.set()
        for caller in callers:
            caller.result()


def create_publish_and_read(client: httpx2.Client, slug: str) -> None:
    """What is read after a change is never what was before it."""
    created = client.post("/markets", json={"name": "Farmers", "slug": slug})
    assert created.status_code == 201, created.text
    assert [status_of(client, slug) for _ in range(2)] == [(200, "DRAFT")] * 2
    published = client.post(f"/markets/{slug}/publish")
    assert published.status_code == 200, published.text
    assert [status_of(client, slug) for _ in range(3)] == [(200, "ACTIVE")] * 3


def status_of(client: httpx2.Client, slug: str) -> tuple[int, str]:
    response = client.get(f"/markets/{slug}")
    return response.status_code, response.json()["status"]


def some_more(done: list[int]) -> None:
    before = len(done)
    wait_until(lambda: len(done) > before + 2 * CALLERS)


@needs_redis
@pytest.mark.parametrize("answers", SERVICES)
def test_redis_stops_and_starts_under_load_and_no_request_fails(
    answers: Answers, project: Callable[[Answers], Project], tmp_path: Path
) -> None:
    service, port, log, started = project(answers), free_port(), tmp_path / "served.log", time.monotonic()
    with database_of(service) as found:
        environment = {"DATABASE_URL": f"sqlite:///{tmp_path / 'own.sqlite3'}", **found, "LOG_LEVEL": "WARNING"}
        service.uv_run(console_script(service), "migrate", environment=environment)
        environment["REDIS_URL"] = f"redis://127.0.0.1:{port}"
        with served(service, log, environment) as client, load(client) as done:
            some_more(done)
            with redis(port) as first:
                wait_until(lambda: keys(port) > 0)
                some_more(done)
                first.send_signal(signal.SIGSTOP)  # it accepts connections, and does not respond
                some_more(done)
                first.send_signal(signal.SIGCONT)
                wait_until(lambda: keys(port) > 0)
            some_more(done)
            assert client.get("/health/ready").status_code == 200
            with redis(port):
                wait_until(lambda: keys(port) > 0)
                some_more(done)
    assert 1 <= log.read_text().count(WARNING) <= 1 + (time.monotonic() - started) // 60


def test_without_redis_its_tests_are_skipped_and_fail_in_ci(
    project: Callable[[Answers], Project], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = project({"framework": "fastapi", "database": "sqlite", "cache": "redis"})
    command = ("pytest", "-q", "-p", "no:cacheprovider", "tests/contract/test_cache.py", "-k", "never_set")
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("TEST_REDIS_URL", raising=False)
    nowhere = {"PATH": str(tmp_path)}

    sentence = "There is no Redis: install redis-server, or set TEST_REDIS_URL."
    output = service.uv_run(*command, environment=nowhere)
    assert "SKIPPED" in output
    assert sentence in output
    assert sentence in service.uv_run(*command, environment=nowhere | {"CI": "true"}, fails=True)
