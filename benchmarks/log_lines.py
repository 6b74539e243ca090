"""What a line of the log costs, measured alone in the environment of the service."""

from statistics import median

from benchmarks.figures import markdown
from benchmarks.rounds import Outcome
from benchmarks.setup import Setup
from harness.running import run


def measured(setup: Setup) -> Outcome:
    script = setup.folder / "log_lines.py"
    printed = run(setup.script("python"), script, cwd=setup.folder, environment=setup.environment)
    figures = {name: [*map(float, values)] for name, *values in map(str.split, printed.splitlines())}
    rows = [["processor µs", "median", "least"]]
    rows += [[name, f"{median(values):.1f}", f"{min(values):.1f}"] for name, values in figures.items()]
    return Outcome(f"**log lines**\n\n{markdown(rows)}", {f"{name} line": values for name, values in figures.items()})
