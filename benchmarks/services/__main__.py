"""``python -m benchmarks.services``: what rendered services can do, beside the floor and the bare framework."""

import argparse
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from benchmarks.services import calls, edge, load, picture, scaling, startup, targets
from benchmarks.services.rounds import Outcome
from benchmarks.services.setup import Setup, prepared, set_up
from harness.variants import ROOT, Variant, choices

PARTS = ("calls", "edge", "startup", "rows", "workers")
TITLE = "Requests per second, one row read from PostgreSQL, over an application on bare asyncpg (1.00)"


def main() -> None:
    load.require()
    given = arguments()
    given.out.mkdir(parents=True, exist_ok=True)
    outcomes: dict[str, Outcome] = {}
    for variant in variants(given.k):
        name = f"{variant['framework']}-{variant['concurrency']}"
        outcomes[name] = measured(variant, given)
        print(f"{section(name, outcomes[name])}\n", flush=True)
    ratios = {name: outcome.ratios for name, outcome in outcomes.items()}
    summary = targets.report(ratios)
    print(summary)
    sections = (section(name, outcome) for name, outcome in outcomes.items())
    parts = filter(None, ["# Figures of the services", summary, *sections])
    (given.out / "services.md").write_text("\n\n".join(parts) + "\n")
    drawable = {name: of for name, of in ratios.items() if "service" in of}  # the other parts have no bars
    bars = {name: {bar: of[bar] for bar in targets.BARS} for name, of in drawable.items()}
    if bars:
        (given.out / "services.svg").write_text(picture.drawn(TITLE, bars))


def section(name: str, outcome: Outcome) -> str:
    return f"## {name}\n\n{outcome.report}"


def variants(words: str) -> Iterator[Variant]:
    """Yield each framework in each colour on PostgreSQL, without options."""
    for framework, concurrency in product(choices("framework"), choices("concurrency")):
        if words in f"{framework}-{concurrency}":
            answers = {"framework": framework, "concurrency": concurrency, "database": "postgresql"}
            yield Variant(tuple(answers.items()))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.services", description=__doc__)
    parser.add_argument("-k", default="", metavar="WORDS", help="only variants with these words in their names")
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part; may be given again")
    parser.add_argument("--rounds", type=int, default=7, help="how often the servers take turns (default: 7)")
    parser.add_argument("--seconds", type=int, default=1, help="how long each turn is (default: 1)")
    parser.add_argument("--out", type=Path, default=ROOT / "build", help="where services.md and services.svg go")
    return parser.parse_args()


def measured(variant: Variant, given: argparse.Namespace) -> Outcome:
    """Measure the chosen parts of one variant."""
    with tempfile.TemporaryDirectory() as name:
        project = prepared(variant, Path(name))
        with set_up(variant, project, Path(name), rows=scaling.SMALL) as setup:
            outcomes = {part: outcome_of(part, setup, Path(name), given) for part in given.part or PARTS}
    report = "\n\n".join(f"### {part}\n\n{outcome.report}" for part, outcome in outcomes.items())
    return Outcome(report, {key: of for outcome in outcomes.values() for key, of in outcome.ratios.items()})


def outcome_of(part: str, setup: Setup, root: Path, given: argparse.Namespace) -> Outcome:
    turns = {"rounds": given.rounds, "seconds": given.seconds}
    if part == "startup":
        return startup.measured(setup, rounds=given.rounds)
    if part == "edge":
        return edge.measured(setup, **turns)
    if part == "rows":
        return scaling.of_rows(setup, root, **turns)
    if part == "workers":
        return scaling.of_workers(setup, **turns)
    return calls.measured(setup, **turns)


if __name__ == "__main__":
    main()
