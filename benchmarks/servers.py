"""What is compared: servers, and what the kernel knows of them. Linux only: figures come from ``/proc``."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.load import Call, Load, drive
from harness.running import clean_environment
from harness.serving import free_port

TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 60  # seconds for a server to answer for the first time


@dataclass(frozen=True)
class Plan:
    """How to start a server; ``{port}`` in the command stands for the port that it gets."""

    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    probe: str = "/markets/none"


@dataclass(frozen=True)
class Sample:
    """One round: what the client saw, and processor microseconds of the server for each request."""

    load: Load
    cost: float


@dataclass(frozen=True)
class Server:
    name: str
    port: int
    session: int  # the server's processes are those of this session

    def round(self, call: Call, seconds: int) -> Sample:
        before = processor_seconds(self.session)
        load = drive(self.port, call, seconds)
        return Sample(load, (processor_seconds(self.session) - before) / load.requests * 1e6)

    def memory(self) -> float:
        """Return megabytes; what processes share counts once."""
        return sum(_proportional_kilobytes(process) for process in _processes(self.session)) / 1024


@contextmanager
def started(plan: Plan) -> Iterator[Server]:
    """Yield the server once it answers."""
    with launched(plan) as server:
        wait_for_answer(server.port, plan.probe)
        yield server


@contextmanager
def launched(plan: Plan) -> Iterator[Server]:
    """Yield the server at once; its output goes to a file of its name."""
    port = free_port()
    with (plan.folder / f"{plan.name.replace(' ', '-')}.log").open("w") as log:
        process = subprocess.Popen(
            [word.format(port=port) for word in plan.command],
            cwd=plan.folder,
            env=clean_environment(plan.environment),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield Server(plan.name, port, process.pid)
        finally:
            process.terminate()
            process.wait()


def wait_for_answer(port: int, path: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            connection.getresponse().read()
        except OSError:
            time.sleep(0.005)
        else:
            return
        finally:
            connection.close()
    raise TimeoutError(f"nothing answers at {port}")


def processor_seconds(session: int) -> float:
    """Return what all processes of the session have used."""
    return sum(int(fields[11]) + int(fields[12]) for _, fields in _stats(session)) / TICK


def _processes(session: int) -> Iterator[Path]:
    return (folder for folder, _ in _stats(session))


def _stats(session: int) -> Iterator[tuple[Path, list[str]]]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(") ")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[3]) == session:
            yield stat.parent, fields


def _proportional_kilobytes(process: Path) -> int:
    line = next(line for line in (process / "smaps_rollup").read_text().splitlines() if line.startswith("Pss:"))
    return int(line.split()[1])
