"""Redis for tests: the server of ``TEST_REDIS_URL``, or else one that the tests start."""

import atexit
import os
import shutil
import subprocess
import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

MISSING = "There is no Redis: install redis-server, or set TEST_REDIS_URL."


@cache
def redis_url() -> str:
    """Return its address. Without a server the test is skipped, and in CI it fails."""
    if url := os.environ.get("TEST_REDIS_URL"):
        return url
    executable = shutil.which("redis-server")
    if executable is None:
        (pytest.fail if "CI" in os.environ else pytest.skip)(MISSING)
    return _own_server(executable)


def _own_server(executable: str) -> str:
    folder = TemporaryDirectory(ignore_cleanup_errors=True)
    socket = Path(folder.name) / "redis.sock"
    options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", folder.name]
    process = subprocess.Popen([executable, *options], stdout=subprocess.DEVNULL)
    atexit.register(folder.cleanup)
    atexit.register(process.wait)
    atexit.register(process.terminate)
    deadline = time.monotonic() + 30
    while not socket.exists():
        assert process.poll() is None, "redis-server has ended"
        assert time.monotonic() < deadline, "redis-server does not start"
        time.sleep(0.01)
    return f"unix://{socket}"
