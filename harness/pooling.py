"""PgBouncer in front of a PostgreSQL server, in transaction mode."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from harness.serving import free_port

EXECUTABLE = shutil.which("pgbouncer", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")

CONFIGURATION = """
[databases]
* = host={host} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 30
max_db_connections = 30
max_client_conn = 500
"""


@contextmanager
def pooled(address: str, folder: Path) -> Iterator[str]:
    """Yield the address at which PgBouncer serves the server's databases."""
    assert EXECUTABLE, "there is no pgbouncer"
    port = free_port()
    host = parse_qs(urlsplit(address).query)["host"][0]
    folder.chmod(0o755)
    (folder / "pgbouncer.ini").write_text(CONFIGURATION.format(host=host, port=port))
    as_user = ["-u", Path(host).owner()] if os.geteuid() == 0 else []  # it does not run as root, nor does the server
    with (folder / "pgbouncer.log").open("w") as log:
        process = subprocess.Popen([EXECUTABLE, *as_user, folder / "pgbouncer.ini"], stderr=log)
        try:
            wait_for_start(process, folder / "pgbouncer.log")
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            process.terminate()
            process.wait(timeout=15)


def wait_for_start(process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 20
    while "process up" not in log.read_text():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)
