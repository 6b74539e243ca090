"""What becomes of the service as its table grows, and as it gets more workers."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from benchmarks.figures import markdown
from benchmarks.services.calls import READ
from benchmarks.services.load import Call
from benchmarks.services.rounds import Contender, Outcome, comparison, fought, rates, thrift
from benchmarks.services.servers import started
from benchmarks.services.setup import Setup, set_up

SMALL, LARGE = 10, 1_000_000
# The last page of a large table takes the database so long that callers side by side would only get errors.
CALLS = (READ, Call("list", "/markets"), Call("deep offset, by one caller", "/markets?offset={}", connections=1))


def of_rows(setup: Setup, root: Path, *, rounds: int, seconds: int) -> Outcome:
    """Compare two databases; a deep page of the small one is its last."""
    with ExitStack() as stack:
        large = stack.enter_context(set_up(setup.variant, setup.project, root, rows=LARGE))
        servers = {
            rows: stack.enter_context(started(on.service(f"{rows} rows")))
            for rows, on in ((SMALL, setup), (LARGE, large))
        }
        samples = {
            call.name: fought(
                [
                    Contender(str(rows), server, replace(call, path=call.path.format(rows - 5)))
                    for rows, server in servers.items()
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


def of_workers(setup: Setup, *, rounds: int, seconds: int) -> Outcome:
    with ExitStack() as stack:
        plans = [setup.service(f"{count} workers", WORKERS=str(count)) for count in (1, 2, 4)]
        servers = [stack.enter_context(started(plan)) for plan in plans]
        samples = fought([Contender(server.name, server, READ) for server in servers], rounds=rounds, seconds=seconds)
        memory = [["", *(server.name for server in servers)], ["MB", *(f"{server.memory():.0f}" for server in servers)]]
    return Outcome(f"{markdown(comparison(samples, servers[0].name))}\n\n{markdown(memory)}", {})
