"""Where spans begin, with telemetry."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

import httpx2


@contextmanager
def call_span(_: httpx2.Request) -> Generator[Callable[[int], None]]:
    """Yield what is told the status of the response."""
    yield lambda _: None
