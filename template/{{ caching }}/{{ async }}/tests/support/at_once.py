"""Calls at the same time."""

from asyncio import Lock, gather, sleep
from collections.abc import Awaitable, Callable, Sequence

__all__ = ["Lock", "at_once", "sleep"]


async def at_once[T](*calls: Callable[[], Awaitable[T]]) -> Sequence[T]:
    """Make all calls in tasks of their own, and return their results."""
    return await gather(*(call() for call in calls))
