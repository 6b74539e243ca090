"""What the proof costs: every check of every variant, in an environment of its own, with warm caches."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from copier import run_copy

from benchmarks.figures import against, table
from tests.rendering import export_template
from tests.running import CHECKS, UV, Project, run
from tests.variants import ROOT, Variant

TARGET_ONE = 30
TARGET_TEXT = 180


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def checked(variant: Variant, template: Path, folder: Path) -> dict[str, float]:
    """Run everything twice, and return how long each step took the second time."""
    run_copy(str(template), folder / "render", data=variant.answers, defaults=True, quiet=True)
    project = Project.start(folder / "render", folder / "service")
    steps: dict[str, Callable[[], object]] = {"sync": project.sync}
    steps |= {check: lambda check=check: project.uv_run("poe", check) for check in CHECKS}  # type: ignore[misc]
    for work in steps.values():
        work()
    run("rm", "-rf", ".venv", cwd=project.folder)
    return {step: seconds(work) for step, work in steps.items()}


def report(variants: list[Variant]) -> str:
    rows = [["seconds", "sync", *CHECKS, "all"]]
    slowest = 0.0
    with tempfile.TemporaryDirectory() as name:
        template = export_template(Path(name) / "template")
        for variant in variants:
            took = checked(variant, template, Path(name) / str(variant))
            rows.append([str(variant), *(f"{value:.1f}" for value in took.values()), f"{sum(took.values()):.1f}"])
            slowest = max(slowest, sum(took.values()))
    return f"{table(rows)}\n{against(slowest, TARGET_ONE, 's for the slowest variant')}"


def text_report() -> str:
    """Say how long it takes to render every combination of all choices and to check it as text."""
    took = seconds(lambda: run(UV, "run", "pytest", "--quiet", "tests/test_static.py", cwd=ROOT, check=False))
    return against(took, TARGET_TEXT, "s")
