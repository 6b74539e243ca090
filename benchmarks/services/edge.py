"""What the edge takes: beside the same edge again, beside a layer that only identifies requests, and beside none."""

from contextlib import ExitStack

from benchmarks.figures import markdown
from benchmarks.services.calls import CREATE, READ
from benchmarks.services.rounds import Outcome, all_fought, comparison
from benchmarks.services.servers import started
from benchmarks.services.setup import Setup

EDGE, AGAIN, IDENTITY, NOTHING = "with the edge", "the same again", "with identity alone", "with neither"


def measured(setup: Setup, *, rounds: int, seconds: int) -> Outcome:
    with ExitStack() as stack:
        plans = [setup.service(name, LOG_LEVEL="WARNING") for name in (EDGE, AGAIN)]
        plans += [setup.script(IDENTITY, "identity_alone"), setup.script(NOTHING, "without_edge")]
        servers = [stack.enter_context(started(plan)) for plan in plans]
        samples = all_fought(servers, (READ, CREATE), rounds=rounds, seconds=seconds)
    tables = [f"**{name}**\n\n{markdown(comparison(of, EDGE, IDENTITY))}" for name, of in samples.items()]
    return Outcome("\n\n".join(tables), {})
