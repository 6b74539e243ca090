"""Waiting for a thread."""

from concurrent.futures import Future, wait


def wait_for(attempt: Future[None], seconds: float) -> None:
    """Return when the attempt has ended, or when the time is up."""
    wait([attempt], seconds)
