"""Load, by wrk."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import count
from pathlib import Path

CONNECTIONS = 16
FOLDER = Path(__file__).parent
MISSING = "The load comes from wrk, which is missing: run `apt-get install wrk`, or `brew install wrk`."

numbers = count(1)


@dataclass(frozen=True)
class Call:
    """A request that is sent over and over."""

    name: str
    path: str
    creates: bool = False
    connections: int = CONNECTIONS


@dataclass(frozen=True)
class Load:
    """What the client saw; latencies in milliseconds."""

    requests: int
    rate: float
    p50: float
    p99: float


def require() -> None:
    if not shutil.which("wrk"):
        sys.exit(MISSING)


def drive(port: int, call: Call, seconds: int) -> Load:
    """Send the call for a while, and return what was measured; every answer has to be a good one."""
    script = FOLDER / ("create.lua" if call.creates else "load.lua")
    words = ["wrk", "-t1", f"-c{call.connections}", f"-d{seconds}s", "-s", str(script)]
    words += [f"http://127.0.0.1:{port}{call.path}", "--", f"{port}-{next(numbers)}"]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=seconds + 60)
    line = next(line for line in done.stdout.splitlines() if line.startswith("FIGURES"))
    requests, microseconds, p50, p99, failed = (int(word) for word in line.split()[1:])
    assert requests, f"{call.name}: no answer within {seconds} s"
    assert not failed, f"{call.name}: {failed} of {requests} requests failed"
    return Load(requests, requests / microseconds * 1e6, p50 / 1000, p99 / 1000)
