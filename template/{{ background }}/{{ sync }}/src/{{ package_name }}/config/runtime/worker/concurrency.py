"""What the worker waits with, in threads."""

import signal
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from threading import Event, Lock, Thread
from time import monotonic, sleep

__all__ = ["Event", "Group", "Lock", "is_set_within", "pause", "set_by_signals", "time_limit"]

pause = sleep


def time_limit(_seconds: float) -> AbstractContextManager[None]:
    """Do nothing: a thread cannot be stopped. The worker's health check fails when a handler takes too long."""
    return nullcontext()


def is_set_within(event: Event, seconds: float) -> bool:
    return event.wait(seconds)


def set_by_signals() -> Event:
    """Return an event that SIGTERM or SIGINT sets."""
    stopped = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    return stopped


class Group:
    """Threads that run beside each other, and that end with the process."""

    def __init__(self) -> None:
        self._threads: list[Thread] = []

    def start(self, work: Callable[[], None]) -> None:
        thread = Thread(target=work, daemon=True)
        thread.start()
        self._threads.append(thread)

    def is_complete(self) -> bool:
        return all(thread.is_alive() for thread in self._threads)

    def join(self, seconds: float) -> None:
        """Wait for all threads, but no longer than this."""
        deadline = monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - monotonic()))
