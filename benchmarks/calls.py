"""Read, list and create: on the floor, on the bare framework, on the service, and on the service without logs."""

from collections.abc import Mapping
from contextlib import ExitStack

from benchmarks.figures import markdown
from benchmarks.load import Call
from benchmarks.rounds import Outcome, Samples, comparison, fought, rates, thrift
from benchmarks.servers import started
from benchmarks.setup import Setup

CALLS = (Call("read", "/markets/market-1"), Call("list", "/markets"), Call("create", "/markets", creates=True))

FLOOR, BARE, SERVICE, QUIET = "raw ASGI", "bare framework", "service", "without logs"


def measured(setup: Setup, *, rounds: int) -> Outcome:
    with ExitStack() as stack:
        plans = [*setup.floors(), setup.bare(), setup.service(), setup.service(QUIET, LOG_LEVEL="WARNING")]
        servers = [stack.enter_context(started(plan)) for plan in plans]
        idle = {server.name: server.memory() for server in servers}
        samples = {call.name: fought(servers, call, rounds=rounds) for call in CALLS}
        loaded = {server.name: server.memory() for server in servers}
    parts = [f"**{name}**\n\n{markdown(comparison(of, FLOOR, BARE))}" for name, of in samples.items()]
    parts.append(f"**memory**\n\n{markdown(_memory(idle, loaded))}")
    return Outcome("\n\n".join(parts), {**_ratios(samples), "memory": [loaded[SERVICE] / loaded[BARE]]})


def _memory(idle: Mapping[str, float], loaded: Mapping[str, float]) -> list[list[str]]:
    rows = [["MB", "idle", "after load", f"idle over {BARE}", "after load"]]
    for name, before in idle.items():
        over = [f"{megabytes[name] / megabytes[BARE]:.2f}" for megabytes in (idle, loaded)]
        rows.append([name, f"{before:.0f}", f"{loaded[name]:.0f}", *over])
    return rows


def _ratios(samples: Mapping[str, Samples]) -> dict[str, list[float]]:
    """Return the ratios that count, each by rates and by processor time."""
    pairs = {
        "read over the floor": (samples["read"], SERVICE, FLOOR),
        "read": (samples["read"], SERVICE, BARE),
        "list": (samples["list"], SERVICE, BARE),
        "create": (samples["create"], SERVICE, BARE),
        "create without logs": (samples["create"], QUIET, BARE),
    }
    by_rate = {name: rates(*pair) for name, pair in pairs.items()}
    return by_rate | {f"{name}, by processor": thrift(*pair) for name, pair in pairs.items()}
