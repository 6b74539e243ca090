"""What the edge costs: requests per second, and the server's processor time for each, with it and without it.

Two servers run side by side, one with the edge and one with the bare framework, and take turns. The access record that
the edge writes is off: its level is INFO, and both servers log from WARNING on. Linux only: times come from ``/proc``.
"""

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from threading import Thread

from copier import run_copy

from benchmarks.figures import spread, table
from tests.rendering import export_template
from tests.running import Project, clean_environment
from tests.serving import free_port
from tests.variants import Variant, executed_variants

APPS = """
from my_service.config.{gate} import app as with_edge, service, settings
from my_service.config.app import create_app

without_edge = create_app(settings, service.container)._app
"""
SERVERS = {
    "asgi": ("uvicorn", "--no-access-log", "--lifespan", "off", "--port", "{port}", "apps:{app}"),
    "wsgi": ("gunicorn", "--worker-class", "gthread", "--threads", "8", "--bind", "127.0.0.1:{port}", "apps:{app}"),
}
CALLS = {"live": "/health/live", "read": "/markets/farmers"}
CLIENTS, REQUESTS = 4, 500  # requests of each client in each round


@contextmanager
def server(project: Project, gate: str, app: str) -> Iterator[tuple[int, int]]:
    """Yield the port of a running server, and the process that its processes belong to."""
    port = free_port()
    command = [str(project.folder / ".venv/bin" / SERVERS[gate][0])]
    command += [word.format(port=port, app=app) for word in SERVERS[gate][1:]]
    environment = clean_environment({"LOG_LEVEL": "WARNING"})
    with (project.folder / f"{app}.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=project.folder, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            time.sleep(4)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait()


def processor_seconds(session: int) -> float:
    """Return what all processes of the session have used."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(") ")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[3]) == session:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def drive(port: int, path: str) -> None:
    connection = HTTPConnection("127.0.0.1", port)
    for _ in range(REQUESTS):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
    connection.close()


def round_of(port: int, session: int, path: str) -> tuple[float, float]:
    """Return requests per second, and processor microseconds of the server for each."""
    clients = [Thread(target=drive, args=(port, path)) for _ in range(CLIENTS)]
    spent, start = processor_seconds(session), time.perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    took, spent = time.perf_counter() - start, processor_seconds(session) - spent
    return CLIENTS * REQUESTS / took, spent / (CLIENTS * REQUESTS) * 1e6


def compared(project: Project, gate: str, rounds: int) -> Iterator[list[str]]:
    (project.folder / "apps.py").write_text(APPS.format(gate=gate))
    with server(project, gate, "with_edge") as edged, server(project, gate, "without_edge") as bare:
        _create(edged[0])
        for name, path in CALLS.items():
            measured = [(round_of(*edged, path), round_of(*bare, path)) for _ in range(rounds)]
            rates = [edge[0] / plain[0] for edge, plain in measured]
            costs = [edge[1] - plain[1] for edge, plain in measured]
            base = median(plain[1] for _, plain in measured)
            yield [name, spread(rates), f"{median(costs):.0f}", f"{base:.0f}"]


def _create(port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port)
    headers = {"Content-Type": "application/json"}
    connection.request("POST", "/markets", '{"name": "Farmers", "slug": "farmers"}', headers)
    assert connection.getresponse().status == 201


def report(rounds: int) -> str:
    rows = [["variant", "call", "rate over the bare framework", "µs more", "µs of the bare framework"]]
    with tempfile.TemporaryDirectory() as name:
        template = export_template(Path(name) / "template")
        for variant in executed_variants():
            if variant["database"] == "sqlite":
                project = _started(variant, template, Path(name) / str(variant))
                rows += [[str(variant), *row] for row in compared(project, _gate(variant.answers), rounds)]
    return table(rows)


def _started(variant: Variant, template: Path, folder: Path) -> Project:
    run_copy(str(template), folder / "render", data=variant.answers, defaults=True, quiet=True)
    project = Project.start(folder / "render", folder / "service")
    project.sync()
    project.uv_run("my-service", "migrate")
    return project


def _gate(answers: Mapping[str, object]) -> str:
    return "wsgi" if (answers["framework"], answers["concurrency"]) == ("django", "sync") else "asgi"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often the two servers take turns")
    print(report(parser.parse_args().rounds))  # noqa: T201
