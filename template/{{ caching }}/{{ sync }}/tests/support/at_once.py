"""Calls at the same time."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from time import sleep

__all__ = ["Lock", "at_once", "sleep"]


def at_once[T](*calls: Callable[[], T]) -> Sequence[T]:
    """Make all calls in threads of their own, and return their results."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return [running.result() for running in [pool.submit(call) for call in calls]]
