"""Read, list and create, on the floor, on the bare framework, and on the service as it is and without its parts."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from benchmarks.figures import markdown
from benchmarks.services.load import Call
from benchmarks.services.rounds import Contender, Samples, comparison, fought, rates, thrift
from benchmarks.services.sides import Side, started
from benchmarks.services.stage import Stage

READ = Call("read", "/markets/market-1")
CALLS = (READ, Call("list", "/markets"), Call("create", "/markets", creates=True))
STRAIGHT = Call("straight", "/straight/market-1")

FLOOR, BARE, SERVICE, QUIET, CORE = "raw ASGI", "bare framework", "service", "without access records", "without edge"


@dataclass(frozen=True)
class Outcome:
    """What one variant did: a report to read, and the ratios that count."""

    report: str
    ratios: Mapping[str, Sequence[float]]


def measured(stage: Stage, *, rounds: int, seconds: int) -> Outcome:
    with ExitStack() as stack:
        plans = [*stage.floors(), stage.bare(), stage.service(), stage.service(QUIET, LOG_LEVEL="WARNING")]
        plans += [stage.script(CORE, "without_edge")]
        sides = [stack.enter_context(started(plan)) for plan in plans]
        idle = {side.name: side.memory() for side in sides}
        samples = {
            call.name: fought([Contender(side.name, side, call) for side in sides], rounds=rounds, seconds=seconds)
            for call in CALLS
        }
        memory = _memory(sides, idle)
    with started(stage.script("service with a straight route", f"straight_{_kind(stage)}")) as side:
        both = [Contender("through the layers", side, READ), Contender("straight", side, STRAIGHT)]
        layers = fought(both, rounds=2 * rounds, seconds=seconds)
    return Outcome(_report(samples, layers, memory), _ratios(samples["read"], layers))


def _kind(stage: Stage) -> str:
    return f"{stage.variant['framework']}_{stage.variant['concurrency']}"


def _memory(sides: Sequence[Side], idle: Mapping[str, float]) -> list[list[str]]:
    base = next(side.memory() for side in sides if side.name == BARE)
    rows = [["MB", "idle", "after load", f"idle over {BARE}", "after load"]]
    for side in sides:
        before, after = idle[side.name], side.memory()
        figures = [f"{before:.0f}", f"{after:.0f}", f"{before / idle[BARE]:.2f}", f"{after / base:.2f}"]
        rows.append([side.name, *figures])
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
