"""The client of Redis."""

from contextlib import nullcontext
from time import sleep

from redis import BlockingConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

__all__ = ["ERRORS", "Redis", "make_redis", "sleep", "time_limit"]

ERRORS = (RedisError, OSError)


def make_redis(url: str, limit: float) -> Redis:
    """Return a client that has not connected yet.

    A command waits for a connection of the pool, connects and receives a response, and may have to authenticate before:
    each may take a quarter of the limit.
    """
    pool = BlockingConnectionPool.from_url(
        url,
        timeout=limit / 4,
        socket_timeout=limit / 4,
        socket_connect_timeout=limit / 4,
        retry=Retry(NoBackoff(), 0),
        protocol=2,  # it needs no round trip before the first command
        driver_info=None,
    )
    return Redis.from_pool(pool)


def time_limit(_: float) -> nullcontext[None]:
    """The sockets have limits."""
    return nullcontext()
