"""Waiting for a thread."""

import asyncio
from concurrent.futures import Future
from contextlib import suppress


async def wait_for(attempt: Future[None], seconds: float) -> None:
    """Return when the attempt has ended, or when the time is up."""
    if not attempt.done():
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(attempt)), seconds)
