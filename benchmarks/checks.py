"""What the proof costs: every check of every variant, in an environment of its own, with warm caches."""

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from copier import run_copy

from benchmarks.figures import against, processor_seconds, table
from harness.rendering import export_template
from harness.running import CHECK_ALL, UV, Project, run
from harness.variants import ROOT, Variant

TARGET_ONE = 30
TARGET_TEXT = 180

ALL_CORES = {"PYTEST_XDIST_AUTO_NUM_WORKERS": ""}  # as a user has them: here one service is checked at a time


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def checked(variant: Variant, template: Path, folder: Path) -> dict[str, float]:
    """Return how long everything took the first time, and each step the second, by the clock and in the processor."""
    run_copy(str(template), folder / "render", data=variant.answers, defaults=True, quiet=True)
    project = Project.start(folder / "render", folder / "service")
    steps: dict[str, Callable[[], object]] = {"sync": project.sync}
    steps |= {check: partial(project.uv_run, "poe", check, environment=ALL_CORES) for check in CHECK_ALL}
    first = sum(seconds(work) for work in steps.values())
    before = processor_seconds()
    took = {step: seconds(work) for step, work in steps.items()}
    return {"first": first} | took | {"all": sum(took.values()), "processor": processor_seconds() - before}


def report(variants: list[Variant]) -> str:
    rows = [["seconds", "first", "sync", *CHECK_ALL, "all", "processor"]]
    slowest = 0.0
    with tempfile.TemporaryDirectory() as name:
        template = export_template(Path(name) / "template")
        for variant in variants:
            took = checked(variant, template, Path(name) / str(variant))
            rows.append([str(variant), *(f"{value:.1f}" for value in took.values())])
            slowest = max(slowest, took["all"])
    return f"{table(rows)}\n{against(slowest, TARGET_ONE, 's for the slowest variant')}"


def text_report() -> str:
    """Say how long it takes to render every combination of all choices and to check it as text."""
    took = seconds(lambda: run(UV, "run", "pytest", "--quiet", "tests/test_static.py", cwd=ROOT))
    return against(took, TARGET_TEXT, "s")
