"""Calls that block, in async code."""

from asyncio import to_thread as in_thread

__all__ = ["in_thread"]
