"""What becomes of the service as its table grows, and as it gets more workers."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from benchmarks.figures import markdown
from benchmarks.services.calls import READ
from benchmarks.services.load import Call
from benchmarks.services.rounds import Contender, Outcome, comparison, fought, rates, thrift
from benchmarks.services.sides import started
from benchmarks.services.stage import Stage, staged

SMALL, LARGE = 10, 1_000_000
# The last page of a large table takes the database so long that callers side by side would only be refused.
CALLS = (READ, Call("list", "/markets"), Call("deep offset, by one caller", "/markets?offset={}", connections=1))


def of_rows(stage: Stage, root: Path, *, rounds: int, seconds: int) -> Outcome:
    """Compare two databases; a deep page of the small one is its last."""
    with ExitStack() as stack:
        large = stack.enter_context(staged(stage.variant, stage.project, root, rows=LARGE))
        sides = {
            rows: stack.enter_context(started(on.service(f"{rows} rows")))
            for rows, on in ((SMALL, stage), (LARGE, large))
        }
        samples = {
            call.name: fought(
                [
                    Contender(str(rows), side, replace(call, path=call.path.format(rows - 5)))
                    for rows, side in sides.items()
                ],
                rounds=rounds,
                seconds=seconds,
            )
            for call in CALLS
        }
    few, many = str(SMALL), str(LARGE)
    parts = [f"**{name}**, by rows\n\n{markdown(comparison(fights, few))}" for name, fights in samples.items()]
    reads = samples[READ.name]
    ratios = {"rows": rates(reads, many, few), "rows, by processor": thrift(reads, many, few)}
    return Outcome("\n\n".join(parts), ratios)


def of_workers(stage: Stage, *, rounds: int, seconds: int) -> Outcome:
    with ExitStack() as stack:
        plans = [stage.service(f"{count} workers", WORKERS=str(count)) for count in (1, 2, 4)]
        sides = [stack.enter_context(started(plan)) for plan in plans]
        samples = fought([Contender(side.name, side, READ) for side in sides], rounds=rounds, seconds=seconds)
        memory = [["", *(side.name for side in sides)], ["MB", *(f"{side.memory():.0f}" for side in sides)]]
    return Outcome(f"{markdown(comparison(samples, sides[0].name))}\n\n{markdown(memory)}", {})
