"""The client of Redis."""

from asyncio import sleep
from asyncio import timeout as time_limit

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

__all__ = ["ERRORS", "Redis", "make_redis", "sleep", "time_limit"]

ERRORS = (RedisError, OSError, RuntimeError)  # the last one if connections belong to an event loop that has ended


def make_redis(url: str, limit: float) -> Redis:
    """Return a client that has not connected yet; ``time_limit`` limits its commands, and what they wait for."""
    pool = BlockingConnectionPool.from_url(
        url,
        timeout=limit,
        socket_timeout=None,
        socket_connect_timeout=limit,
        retry=Retry(NoBackoff(), 0),
        protocol=2,  # it needs no round trip before the first command
        driver_info=None,
    )
    return Redis.from_pool(pool)
