"""``python -m benchmarks.variants``: size, renders and checks, each beside its target."""

import argparse

from benchmarks import checks, renders, size
from harness.variants import executed_variants


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.variants", description=__doc__)
    arguments.add_argument("--rounds", type=int, default=7, help="renders of each template; the median counts")
    arguments.add_argument("-k", default="", metavar="WORDS", help="only variants with these words in their names")
    given = arguments.parse_args()
    variants = [variant for variant in executed_variants() if given.k in str(variant)]
    print(f"Size\n{size.report()}\n", flush=True)
    print(f"Renders\n{renders.report(variants, given.rounds)}\n", flush=True)
    print(f"All combinations of all choices, rendered and checked as text\n{checks.text_report()}\n", flush=True)
    print(f"Every check, with warm caches\n{checks.report(variants)}", flush=True)


if __name__ == "__main__":
    main()
