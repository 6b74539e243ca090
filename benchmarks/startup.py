"""What it takes until the service serves, over the bare framework with the same libraries."""

import os
import time
from statistics import median

from benchmarks.figures import markdown, spread
from benchmarks.rounds import Outcome
from benchmarks.servers import Plan, launched, processor_seconds, wait_for_answer
from benchmarks.setup import Setup


def imports(setup: Setup) -> tuple[Plan, Plan]:
    python = setup.script("python")
    entry_point = "wsgi" if setup.is_wsgi else "asgi"
    bare = f"{setup.libraries}, {setup.bare_module}"
    return (
        setup.plan("bare import", python, "-c", bare, BARE_URLS=setup.bare_module),
        setup.plan("import", python, "-c", f"import my_service.config.{entry_point}"),
    )


def until_the_end(plan: Plan) -> tuple[float, float]:
    """Return the seconds that a command takes, by the clock and in the processor."""
    before, start = _children(), time.perf_counter()
    with launched(plan) as server:
        os.waitid(os.P_PID, server.session, os.WEXITED | os.WNOWAIT)
        took = time.perf_counter() - start
    return took, _children() - before


def until_the_answer(plan: Plan) -> tuple[float, float]:
    """Return the seconds until a server has answered its first request."""
    start = time.perf_counter()
    with launched(plan) as server:
        wait_for_answer(server.port, plan.probe)
        return time.perf_counter() - start, processor_seconds(server.session)


def _children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def measured(setup: Setup, rounds: int) -> Outcome:
    rows = [["", "bare framework, s", "service, s", "ratio"]]
    ratios: dict[str, list[float]] = {}
    for name, measure, plans in (
        ("import", until_the_end, imports(setup)),
        ("first answer", until_the_answer, (setup.bare(), setup.service())),
    ):
        taken = [[measure(plan) for plan in plans] for _ in range(rounds + 1)][1:]  # the first is for the caches
        for kind, by in enumerate(("", ", by processor")):
            bare, ours = ([times[kind] for times in server] for server in zip(*taken, strict=True))
            ratios[name + by] = [mine / base for base, mine in zip(bare, ours, strict=True)]
            rows.append([name + by, f"{median(bare):.2f}", f"{median(ours):.2f}", spread(ratios[name + by])])
    return Outcome(f"**start**\n\n{markdown(rows)}", ratios)
