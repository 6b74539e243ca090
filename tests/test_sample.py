"""The sample is the user's: the README says how to take it out, and then nothing of it is left."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.rendering import Render, rendered_files
from harness.report import record
from harness.running import CHECK, Project, run
from harness.sample import commands, remove_sample
from harness.variants import Answers, Variant, further_variants, structures

type Projects = Callable[[Answers], Project]

# The structures, and a variant with commands and the admin: the place for a team's own ones is left.
WITH_COMMANDS = next(variant for variant in further_variants() if variant["cli"] and variant["admin"])
VARIANTS = [pytest.param(variant, id=str(variant)) for variant in (*structures(), WITH_COMMANDS)]

# Its names, and what its tests and examples are about.
TRACES = re.compile(r"market|farmers|slug|money|exchange.?rate|announcement|\[/?sample", re.IGNORECASE)

# Names that hold those of the sample: taking it out must not touch what only looks like it.
SIMILAR = {"project_name": "Market of Samples", "package_name": "market_of_samples"}


def traces(folder: Path) -> list[str]:
    """Return the lines that tell of the sample."""
    files = {path: text for path, text in rendered_files(folder).items() if not path.startswith((".git/", ".venv/"))}
    files.pop("uv.lock", None)
    return [
        f"{path}: {line}"
        for path, text in files.items()
        for line in [path, *text.decode(errors="ignore").splitlines()]
        if not path.startswith((".mypy_cache", ".ruff_cache")) and TRACES.search(line)
    ]


@pytest.mark.parametrize("variant", VARIANTS)
def test_without_the_sample_all_checks_pass(
    variant: Variant, own_project: Projects, request: pytest.FixtureRequest
) -> None:
    record(request, variant, "no sample")
    project = own_project(variant.answers)
    project.sync()
    remove_sample(project)

    assert traces(project.folder) == []
    for check in CHECK:
        project.uv_run("poe", check)


def test_only_the_sample_is_taken_out(own_project: Projects) -> None:
    project = own_project(SIMILAR)
    for command in commands(project)[:-1]:
        run("sh", "-c", command, cwd=project.folder)

    assert (project.folder / "src/market_of_samples/config/runtime/command_line.py").exists()
    assert (project.folder / "README.md").read_text().startswith("# Market of Samples\n")


def test_every_mark_is_closed(render: Render) -> None:
    for variant in (*structures(), *further_variants()):
        for path, text in rendered_files(render(variant.answers)).items():
            marks = re.findall(r"(?:#|<!--) \[(/?sample)\](?: -->)?$", text.decode(), re.MULTILINE)
            assert marks == ["sample", "/sample"] * (len(marks) // 2), path
