"""``python -m benchmarks.services``: what rendered services can do, beside the floor and the bare framework."""

import argparse
import tempfile
from pathlib import Path

from benchmarks.services import calls, load
from benchmarks.services.stage import prepared, staged
from tests.variants import executed_variants


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.services", description=__doc__)
    arguments.add_argument("-k", default="", metavar="WORDS", help="only variants with these words in their names")
    arguments.add_argument("--rounds", type=int, default=5, help="how often the sides take turns (default: 5)")
    arguments.add_argument("--seconds", type=int, default=1, help="how long each turn is (default: 1)")
    given = arguments.parse_args()
    load.require()
    for variant in executed_variants():
        if variant["database"] == "postgresql" and given.k in str(variant):
            with tempfile.TemporaryDirectory() as name:
                project = prepared(variant, Path(name))
                with staged(variant, project, Path(name), rows=10) as stage:
                    outcome = calls.measured(stage, rounds=given.rounds, seconds=given.seconds)
                    print(f"### {variant}\n\n{outcome.report}\n", flush=True)
                    for what, ratios in outcome.ratios.items():
                        print(calls.summary(what, ratios), flush=True)


if __name__ == "__main__":
    main()
