"""``python -m benchmarks``: what services cost beside the floor and the bare framework, and what a render costs."""

import argparse
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from benchmarks import calls, load, log_lines, renders, startup, targets
from benchmarks.rounds import Outcome
from benchmarks.setup import prepared, set_up
from harness.variants import ROOT, Variant, choices


def main() -> None:
    load.require()
    given = arguments()
    outcomes: dict[str, Outcome] = {}
    for variant in variants(given.k):
        name = f"{variant['framework']}-{variant['concurrency']}"
        outcomes[name] = measured(variant, given.rounds)
        print(f"## {name}\n\n{outcomes[name].report}\n", flush=True)
    rendered = renders.measured(list(variants(given.k)), given.rounds)
    ratios = {name: outcome.ratios for name, outcome in outcomes.items()} | {"copier copy": rendered.ratios}
    sections = [f"## {name}\n\n{outcome.report}" for name, outcome in outcomes.items()]
    parts = ["# Figures", targets.report(ratios), *sections, f"## Renders\n\n{rendered.report}"]
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "figures.md").write_text("\n\n".join(parts) + "\n")
    print(targets.report(ratios))


def variants(words: str) -> Iterator[Variant]:
    """Yield each framework in each colour on PostgreSQL, without options."""
    for framework, concurrency in product(choices("framework"), choices("concurrency")):
        if words in f"{framework}-{concurrency}":
            answers = {"framework": framework, "concurrency": concurrency, "database": "postgresql"}
            yield Variant(tuple(answers.items()))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("-k", default="", metavar="WORDS", help="only variants with these words in their names")
    parser.add_argument("--rounds", type=int, default=7, help="how often all take turns (default: 7)")
    parser.add_argument("--out", type=Path, default=ROOT / "build", help="where figures.md goes")
    return parser.parse_args()


def measured(variant: Variant, rounds: int) -> Outcome:
    with tempfile.TemporaryDirectory() as name:
        project = prepared(variant, Path(name))
        with set_up(variant, project, Path(name)) as setup:
            parts = (calls.measured(setup, rounds=rounds), log_lines.measured(setup), startup.measured(setup, rounds))
    report = "\n\n".join(part.report for part in parts)
    return Outcome(report, {key: of for part in parts for key, of in part.ratios.items()})


if __name__ == "__main__":
    main()
