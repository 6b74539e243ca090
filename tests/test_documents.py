"""The documents of a service are true: the paths that they name exist, and their commands work."""

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.documents import (
    broken_links,
    commands,
    documents,
    drawn_modules,
    execute,
    missing_paths,
    named_paths,
    package_in,
)
from harness.rendering import Render
from harness.running import Project
from harness.serving import database_of
from harness.variants import ROOT, Answers, Variant, choices, executed_variants

type Projects = Callable[[Answers], Project]

VARIANTS = [pytest.param(v, id=str(v)) for v in executed_variants()]

AGENTS = "AGENTS.md"
ARCHITECTURE = "docs/architecture.md"

# Between them these have every framework and every database: what a command looks like depends on nothing else.
COMMANDED = [
    {"framework": framework, "database": database}
    for framework, database in zip(choices("framework"), choices("database"), strict=True)
]


# These need a version of the template and a clean work tree; tests/test_scaffold.py runs them.
ADDING = ("uv run poe aggregate", "uv run poe use-case")


@pytest.fixture(params=VARIANTS)
def folder(request: pytest.FixtureRequest, render: Render) -> Path:
    variant: Variant = request.param
    return render(variant.answers)


def test_every_named_path_exists(folder: Path) -> None:
    found = documents(folder)
    assert {"README.md", AGENTS, ARCHITECTURE, "docs/updates.md"} <= set(found)
    assert {name: missing for name in found if (missing := missing_paths(name, folder))} == {}


def test_every_link_of_the_template_leads_to_a_file() -> None:
    assert {name: broken for name in documents(ROOT) if (broken := broken_links(name, ROOT))} == {}


def test_every_link_leads_to_a_file(folder: Path) -> None:
    assert {name: broken for name in documents(folder) if (broken := broken_links(name, folder))} == {}


def test_every_drawn_module_exists(folder: Path) -> None:
    drawn = drawn_modules((folder / ARCHITECTURE).read_text())
    modules = {module: package_in(folder) / module.replace(".", "/") for module in drawn}
    assert len(modules) > 5
    assert [name for name, path in modules.items() if not path.is_dir() and not path.with_suffix(".py").is_file()] == []


def test_every_package_is_described(folder: Path) -> None:
    """Down to the third level; below are rooms of machinery."""
    package = package_in(folder)
    packages = {path.parent.relative_to(package).as_posix() for path in package.rglob("*/__init__.py")}
    expected = {path for path in packages if path.count("/") in (1, 2)}
    named = named_paths((folder / ARCHITECTURE).read_text())
    assert expected
    assert {path for path in expected if not any(name.startswith(f"{path}/") for name in named)} == set()


@pytest.mark.parametrize("answers", COMMANDED, ids=lambda answers: "-".join(answers.values()))
def test_every_command_works(answers: Answers, own_project: Projects) -> None:
    """One after the other, as written."""
    service = own_project(answers)
    service.sync()
    found = commands((service.folder / AGENTS).read_text())
    assert {"uv sync", "uv run poe check"} <= set(found)
    with database_of(service) as environment:
        for command in (line for line in found if not line.startswith(ADDING)):
            execute(service, command, environment)
