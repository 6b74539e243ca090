"""What the worker waits with, in async code."""

import asyncio
import signal
from asyncio import Event, Lock, timeout
from collections.abc import Callable, Coroutine
from typing import Any

__all__ = ["Event", "Group", "Lock", "is_set_within", "pause", "set_by_signals", "time_limit"]

time_limit = timeout
pause = asyncio.sleep


async def is_set_within(event: Event, seconds: float) -> bool:
    try:
        async with timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False


def set_by_signals() -> Event:
    """Return an event that SIGTERM or SIGINT sets."""
    stopped = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    return stopped


class Group:
    """Tasks that run beside each other."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._tasks.append(asyncio.create_task(work()))

    def is_complete(self) -> bool:
        return not any(task.done() for task in self._tasks)

    async def join(self, seconds: float) -> None:
        """Wait for all tasks, and cancel those that take longer."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
