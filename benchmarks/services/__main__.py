"""``python -m benchmarks.services``: what rendered services can do, beside the floor and the bare framework."""

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path

from benchmarks.services import calls, growth, load, picture, startup, targets
from benchmarks.services.stage import Stage, prepared, staged
from tests.variants import ROOT, Variant, choices

PARTS = ("calls", "startup", "rows", "workers")
TITLE = "Requests per second, one row read from PostgreSQL, over an application on bare asyncpg (1.00)"


def main() -> None:
    load.require()
    given = arguments()
    given.out.mkdir(parents=True, exist_ok=True)
    reports: list[str] = []
    ratios: dict[str, dict[str, Sequence[float]]] = {}
    for variant in variants(given.k):
        name = f"{variant['framework']}-{variant['concurrency']}"
        ratios[name] = {}
        reports.append(f"## {name}\n\n{reported(variant, given, ratios[name].update)}")
        print(f"{reports[-1]}\n", flush=True)
    summary = targets.report(ratios)
    print(summary)
    (given.out / "services.md").write_text("\n\n".join(["# Figures of the services", summary, *reports]) + "\n")
    bars = {name: {bar: of[bar] for bar in targets.BARS if bar in of} for name, of in ratios.items()}
    if all(bars.values()):
        (given.out / "services.svg").write_text(picture.drawn(TITLE, bars))


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
    parser.add_argument("--rounds", type=int, default=7, help="how often the sides take turns (default: 7)")
    parser.add_argument("--seconds", type=int, default=1, help="how long each turn is (default: 1)")
    parser.add_argument("--out", type=Path, default=ROOT / "build", help="where services.md and services.svg go")
    return parser.parse_args()


def reported(variant: Variant, given: argparse.Namespace, keep: Callable[[targets.Ratios], None]) -> str:
    """Measure the chosen parts of one variant, and keep the ratios that targets are about."""
    with tempfile.TemporaryDirectory() as name:
        project = prepared(variant, Path(name))
        with staged(variant, project, Path(name), rows=growth.SMALL) as stage:
            chosen = given.part or PARTS
            return "\n\n".join(f"### {part}\n\n{measured(part, stage, Path(name), given, keep)}" for part in chosen)


def measured(
    part: str, stage: Stage, root: Path, given: argparse.Namespace, keep: Callable[[targets.Ratios], None]
) -> str:
    turns = {"rounds": given.rounds, "seconds": given.seconds}
    if part == "startup":
        outcome = startup.measured(stage, rounds=given.rounds)
    elif part == "rows":
        outcome = growth.of_rows(stage, root, **turns)
    elif part == "workers":
        outcome = growth.of_workers(stage, **turns)
    else:
        outcome = calls.measured(stage, **turns)
    keep(outcome.ratios)
    return outcome.report


if __name__ == "__main__":
    main()
