"""The command line of a service in a terminal and in a pipe, and its export to clients that are slow or leave."""

import json
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.running import Environment, Project, clean_environment
from harness.serving import console_script, served
from harness.terminal import terminal
from harness.variants import Answers

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

type Projects = Callable[[Answers], Project]

# One of each framework, and of each colour.
SERVICES = [{"framework": "fastapi", "concurrency": "async"}, {"framework": "django", "concurrency": "sync"}]
ROWS = 20_000
FILL = """
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
INSERT INTO market (id, name, slug, status, version)
SELECT lower(hex(randomblob(16))), ?, 'filled-' || n, 'DRAFT', 1 FROM numbers
"""


@pytest.fixture(scope="module", params=SERVICES, ids=lambda answers: "-".join(answers.values()))
def service(request: pytest.FixtureRequest, project: Projects) -> Project:
    return project({**request.param, "database": "sqlite", "cli": True})


@pytest.fixture
def environment(service: Project, tmp_path: Path) -> Environment:
    """A migrated database of the test's own."""
    found = {"DATABASE_URL": f"sqlite:///{tmp_path / 'own.sqlite3'}"}
    service.uv_run(console_script(service), "migrate", environment=found)
    return found


@pytest.fixture
def filled(environment: Environment, tmp_path: Path) -> Environment:
    """The database has more than fits into the buffers of a pipe or of a connection."""
    with sqlite3.connect(tmp_path / "own.sqlite3") as connection:
        connection.execute(FILL, (ROWS, "🌽" * 200))
    connection.close()
    return environment


def command(service: Project, *words: str) -> list[str]:
    return [str(service.script(console_script(service))), "markets", *words]


def test_an_import_shows_its_progress_and_can_be_interrupted_and_repeated(
    service: Project, environment: Environment, tmp_path: Path
) -> None:
    rows = [json.dumps({"name": "Farmers", "slug": f"farmers-{number}"}) + "\n" for number in range(ROWS)]
    (tmp_path / "all").write_text("".join(["{}\n", *rows]))
    (tmp_path / "some").write_text("".join(rows[:100]))
    with terminal(command(service, "import", "all"), cwd=tmp_path, environment=environment) as screen:
        screen.wait_for("% 1")  # rows
        screen.process.send_signal(signal.SIGINT)
        screen.wait_for("Created")
        assert screen.process.wait(timeout=20) == 130
        assert "Traceback" not in screen.shown
    assert screen.shown.startswith("Line 1: name: Field required; slug: Field required.\n"), "it is above the bar"
    shown = re.search(r"(\d+)% ([\d,]+) rows, [\d,]+/s \d:\d\d:\d\d", screen.shown)
    assert shown, screen.shown

    done = run_in_pipe(command(service, "import", "some", "--json"), tmp_path, environment)
    summary = json.loads(done.stdout)
    assert (done.stderr, done.returncode) == ("", 0), "there is no bar in a pipe"
    assert summary["created"] + summary["already_there"] == 100
    assert summary["already_there"] > 0


def run_in_pipe(words: list[str], folder: Path, environment: Environment) -> subprocess.CompletedProcess[str]:
    variables = clean_environment(environment)
    return subprocess.run(words, cwd=folder, env=variables, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def exporting(service: Project, filled: Environment) -> Iterator[subprocess.Popen[bytes]]:
    """An export that has written its first line into a pipe."""
    words, variables = command(service, "export"), clean_environment(filled)
    with subprocess.Popen(words, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["slug"] == "filled-1"
        yield process
        process.kill()


def test_an_export_ends_quietly_when_its_reader_does(exporting: subprocess.Popen[bytes]) -> None:
    assert exporting.stdout is not None
    assert exporting.stderr is not None
    exporting.stdout.close()
    assert (exporting.stderr.read(), exporting.wait(timeout=20)) == (b"", 141)


def test_an_export_can_be_interrupted_while_nobody_reads(exporting: subprocess.Popen[bytes]) -> None:
    assert exporting.stderr is not None
    exporting.send_signal(signal.SIGINT)
    assert (exporting.stderr.read(), exporting.wait(timeout=20)) == (b"", 130)


def test_clients_that_read_slowly_or_leave_hold_no_connection(
    service: Project, filled: Environment, tmp_path: Path
) -> None:
    log = tmp_path / "served.log"
    with served(service, log, {**filled, "POOL_SIZE": "1"}) as client:
        slow = [slow_export(client.base_url.port or 0) for _ in range(2)]
        assert client.get("/markets/filled-1").status_code == 200
        for connection in slow:
            connection.close()
        assert client.get("/markets/filled-2").status_code == 200
    assert "Traceback" not in log.read_text()


def slow_export(port: int) -> socket.socket:
    """Return a connection on which the export has begun, and on which nobody reads on."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.sendall(b"GET /markets/export HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert connection.recv(15) == b"HTTP/1.1 200 OK"
    return connection


def test_help_fits_into_a_narrow_terminal(service: Project) -> None:
    with terminal(command(service, "import", "--help"), columns=40) as screen:
        for option in ("--format", "--rejected", "--dry-run", "--json", "--help"):
            screen.wait_for(option)
        assert screen.process.wait(timeout=20) == 0
