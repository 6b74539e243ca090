"""Print the processor microseconds of a line of the access log, with its context, and of an event's line."""

import logging
import sys
from datetime import UTC, datetime
from io import StringIO
from time import process_time
from uuid import uuid4

from my_service.adapter.in_.http.edge.access_log import AccessLog
from my_service.config.runtime.load_settings import load_settings
from my_service.config.runtime.logs import configure_logs
from my_service.domain.event.market import MarketCreated

TIMES, ROUNDS = 5_000, 7


def access():
    with AccessLog("GET", "/markets/market-1", lambda _: None) as log:
        log.context.route = "/markets/{slug}"
        log.context.status = 200


event = MarketCreated(at=datetime.now(UTC), market_id=uuid4(), slug="market-1")
logger = logging.getLogger("my_service.adapter.out.event.logging")


def publish():
    logger.info(type(event).__name__, extra={"data": event})


def microseconds(work):
    before = process_time()
    for _ in range(TIMES):
        work()
    return (process_time() - before) / TIMES * 1e6


configure_logs(load_settings())
logging.root.handlers[0].setStream(StringIO())
for work in (access, publish):
    microseconds(work)
taken = [(microseconds(access), microseconds(publish)) for _ in range(ROUNDS)]
for name, values in zip(("access", "event"), zip(*taken, strict=True), strict=True):
    sys.stdout.write(f"{name} {' '.join(map(str, values))}\n")
