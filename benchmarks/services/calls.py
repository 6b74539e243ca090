"""Read, list and create, on the floor, on the bare framework, and on the service as it is and without its parts."""

from collections.abc import Mapping
from contextlib import ExitStack

from benchmarks.figures import markdown
from benchmarks.services.load import Call
from benchmarks.services.rounds import Contender, Outcome, Samples, all_fought, comparison, fought, rates, thrift
from benchmarks.services.servers import started
from benchmarks.services.setup import Setup

READ = Call("read", "/markets/market-1")
CREATE = Call("create", "/markets", creates=True)
CALLS = (READ, Call("list", "/markets"), CREATE)
STRAIGHT = Call("straight", "/straight/market-1")

FLOOR, BARE, SERVICE, QUIET, CORE = "raw ASGI", "bare framework", "service", "without access log", "without edge"


def measured(setup: Setup, *, rounds: int, seconds: int) -> Outcome:
    with ExitStack() as stack:
        plans = [*setup.floors(), setup.bare(), setup.service(), setup.service(QUIET, LOG_LEVEL="WARNING")]
        plans += [setup.script(CORE, "without_edge")]
        servers = [stack.enter_context(started(plan)) for plan in plans]
        idle = {server.name: server.memory() for server in servers}
        samples = all_fought(servers, CALLS, rounds=rounds, seconds=seconds)
        loaded = {server.name: server.memory() for server in servers}
    with started(setup.script("service with a straight route", f"straight_{_kind(setup)}")) as server:
        both = [Contender("through the layers", server, READ), Contender("straight", server, STRAIGHT)]
        layers = fought(both, rounds=2 * rounds, seconds=seconds)
    ratios = {**_ratios(samples["read"], layers), "memory": [loaded[SERVICE] / loaded[BARE]]}
    return Outcome(_report(samples, layers, _memory(idle, loaded)), ratios)


def _kind(setup: Setup) -> str:
    return f"{setup.variant['framework']}_{setup.variant['concurrency']}"


def _memory(idle: Mapping[str, float], loaded: Mapping[str, float]) -> list[list[str]]:
    rows = [["MB", "idle", "after load", f"idle over {BARE}", "after load"]]
    for name, before in idle.items():
        over = [f"{megabytes[name] / megabytes[BARE]:.2f}" for megabytes in (idle, loaded)]
        rows.append([name, f"{before:.0f}", f"{loaded[name]:.0f}", *over])
    return rows


def _report(samples: Mapping[str, Samples], layers: Samples, memory: list[list[str]]) -> str:
    parts = [f"**{name}**\n\n{markdown(comparison(fights, FLOOR, BARE))}" for name, fights in samples.items()]
    parts.append(f"**layers**: the same query in a route of the same service\n\n{_layers(layers)}")
    parts.append(f"**memory**\n\n{markdown(memory)}")
    return "\n\n".join(parts)


def _layers(layers: Samples) -> str:
    return markdown(comparison(layers, "straight"))


def _ratios(read: Samples, layers: Samples) -> dict[str, list[float]]:
    """Return the ratios that count, each by rates and by processor time."""
    pairs = {
        "bare framework": (read, BARE, FLOOR),
        "service without edge": (read, CORE, FLOOR),
        "service": (read, SERVICE, FLOOR),
        "layers": (layers, "through the layers", "straight"),
    }
    by_rate = {name: rates(*pair) for name, pair in pairs.items()}
    return by_rate | {f"{name}, by processor": thrift(*pair) for name, pair in pairs.items()}
