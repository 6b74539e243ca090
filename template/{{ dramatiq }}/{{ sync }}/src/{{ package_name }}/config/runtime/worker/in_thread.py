"""Calls that block: each hand of the worker is a thread, so they may."""

from collections.abc import Callable


def in_thread[**P, T](call: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    return call(*arguments, **named)
