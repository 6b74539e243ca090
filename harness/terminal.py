"""A command in a terminal of 80 columns: what it shows, and keys for it."""

import errno
import os
import re
import select
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyte

from harness.running import NOTHING_MORE, Environment, clean_environment

LINES = 60  # all that there is to see before the next question


class Terminal:
    def __init__(self, descriptor: int, process: subprocess.Popen[bytes], columns: int) -> None:
        self._descriptor = descriptor
        self._screen = pyte.Screen(columns, LINES)
        self._stream = pyte.ByteStream(self._screen)
        self.process = process

    def wait_for(self, text: str) -> None:
        """Wait until the screen shows all words of the text, one after the other."""
        pattern = re.compile(r"\s+".join(map(re.escape, text.split())))
        deadline = time.monotonic() + 20
        while not pattern.search(self.shown) and time.monotonic() < deadline and self._read():
            pass
        assert pattern.search(self.shown), f"{text!r} is not shown:\n{self.shown}"

    def type(self, keys: str) -> None:
        os.write(self._descriptor, keys.encode())

    @property
    def shown(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    def _read(self) -> bool:
        if not select.select([self._descriptor], [], [], 0.1)[0]:
            return True
        try:
            self._stream.feed(os.read(self._descriptor, 4096))
        except OSError as error:  # Linux says so when the other side has gone
            if error.errno != errno.EIO:
                raise
            return False
        return True


@contextmanager
def terminal(
    command: Sequence[str | Path],
    *,
    columns: int = 80,
    cwd: Path | None = None,
    environment: Environment = NOTHING_MORE,
) -> Iterator[Terminal]:
    """Start a command in a terminal of so many columns; Windows has none."""
    assert sys.platform != "win32"
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, columns, 0, 0))
    variables = clean_environment(environment)
    process = subprocess.Popen(command, cwd=cwd, env=variables, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    try:
        yield Terminal(ours, process, columns)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
