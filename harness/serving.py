"""A rendered service, started by its own command and asked over real HTTP."""

import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from harness.running import Environment, Project, clean_environment

PROBLEM = "application/problem+json"
FEE = {"amount": "12.50", "currency": "EUR"}

KEEP_A_DATABASE = """
import sys
from tests.support.database import fresh_database
with fresh_database() as address:
    print(address, flush=True)
    sys.stdin.read()
"""


@contextmanager
def database_of(project: Project) -> Iterator[dict[str, str]]:
    """Yield the environment in which the service finds an empty database; for SQLite nothing need be set."""
    if (project.folder / "tests/support/database.py").read_text().find("psycopg") < 0:
        yield {}
        return
    keeper = subprocess.Popen(
        [project.script("python"), "-c", KEEP_A_DATABASE],
        cwd=project.folder,
        env=clean_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with keeper:
        assert keeper.stdout is not None
        yield {"DATABASE_URL": keeper.stdout.readline().strip()}
        keeper.communicate()


@contextmanager
def served(project: Project, log: Path, environment: Environment) -> Iterator[httpx2.Client]:
    """Yield a client of the running service; at the end the service has ended cleanly."""
    port = free_port()
    log.parent.mkdir(exist_ok=True)
    with log.open("w") as output:
        process = subprocess.Popen(
            [project.script(console_script(project)), "serve", "--port", str(port)],
            cwd=project.folder,
            env=clean_environment(environment),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            with httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
                wait_until_live(client, process)
                yield client
        finally:
            process.terminate()
            code = process.wait(timeout=15)
    assert code in (0, -signal.SIGTERM), f"ended with {code}:\n{log.read_text()}"


def console_script(project: Project) -> str:
    scripts = re.search(r"\[project.scripts\]\n(\S+) =", (project.folder / "pyproject.toml").read_text())
    assert scripts
    return scripts[1]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_until_live(client: httpx2.Client, process: subprocess.Popen[Any]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            client.get("/health/live").raise_for_status()
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the service did not come up")


def call_everything(project: Project) -> None:
    """Try to start on an empty database; then migrate, create, publish, get, list, and cause errors, over HTTP."""
    with database_of(project) as environment:
        printed = project.uv_run("python", "-m", package_of(project), "serve", fails=True, environment=environment)
        assert re.fullmatch(r"The database schema is not at head: run `.+ migrate` first\.\n", printed), printed
        project.uv_run(console_script(project), "migrate", environment=environment)
        with served(project, project.folder / "build" / "served.log", environment) as client:
            _create_publish_and_look(client)
            _send_bad_requests(client)


def package_of(project: Project) -> str:
    return console_script(project).replace("-", "_")


def _create_publish_and_look(client: httpx2.Client) -> None:
    created = client.post("/markets", json={"name": " Farmers ", "slug": "farmers", "fee": FEE})
    assert (created.status_code, created.headers["location"]) == (201, "/markets/farmers")
    market = created.json()
    assert market == {"id": market["id"], "name": "Farmers", "slug": "farmers", "status": "DRAFT", "fee": FEE}
    assert client.post("/markets/farmers/publish").json() == market | {"status": "ACTIVE"}
    assert client.get("/markets/farmers").json() == market | {"status": "ACTIVE"}
    assert client.get("/markets?status=ACTIVE").json() == {
        "items": [market | {"status": "ACTIVE"}],
        "limit": 20,
        "offset": 0,
    }
    assert client.get("/health/ready").status_code == 200
    assert client.get("/openapi.json").json()["paths"].keys() >= {"/markets", "/markets/{slug}"}


def _send_bad_requests(client: httpx2.Client) -> None:
    answers = {
        400: client.post("/markets", content="{", headers={"Content-Type": "application/json"}),
        404: client.get("/markets/nowhere"),
        405: client.delete("/markets"),
        409: client.post("/markets/farmers/publish"),
        415: client.post("/markets", content="{}", headers={"Content-Type": "text/plain"}),
        422: client.get("/markets?limit=0"),
    }
    for status, answer in answers.items():
        assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), answer.text
        assert answer.json()["status"] == status
        assert answer.json()["instance"] == f"urn:uuid:{answer.headers['x-request-id']}"
