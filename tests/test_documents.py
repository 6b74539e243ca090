"""The documents of a service are true: what they name exists, and what they tell people to do works."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.rendering import Render
from tests.running import UV, Environment, Project, run
from tests.serving import console_script, database_of, served
from tests.variants import Answers, Variant, choices, executed_variants

type Projects = Callable[[Answers], Project]

VARIANTS = [pytest.param(v, id=str(v), marks=pytest.mark.xdist_group(str(v))) for v in executed_variants()]

AGENTS = "AGENTS.md"
ARCHITECTURE = "docs/architecture.md"
DOCUMENTS = [AGENTS, ARCHITECTURE]

# Between them these have every framework and every database: what a command looks like depends on nothing else.
COMMANDED = [
    {"framework": framework, "database": database}
    for framework, database in zip(choices("framework"), choices("database"), strict=True)
]


@pytest.fixture(params=VARIANTS)
def folder(request: pytest.FixtureRequest, render: Render) -> Path:
    variant: Variant = request.param
    return render(variant.answers)


def package_in(folder: Path) -> Path:
    """Return the folder of the service's one package."""
    (package,) = (folder / "src").iterdir()
    return package


def blocks(text: str, language: str = "") -> list[str]:
    """Return the content of the code blocks in this language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def named_paths(text: str) -> set[str]:
    """Return every `path/in/backticks`, and every `file.py`; addresses begin with a slash and are none."""
    return set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md|toml))`", text))


def drawn_modules(text: str) -> set[str]:
    """Return every dotted.name in a drawing."""
    (drawing,) = blocks(text, "mermaid")
    return set(re.findall(r"\b[a-z]\w*(?:\.\w+)+", drawing))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_that_is_named_exists(document: str, folder: Path) -> None:
    text = (folder / document).read_text()
    paths = named_paths(text)
    roots = (folder, (folder / document).parent, package_in(folder))
    assert paths
    assert [path for path in sorted(paths) if not any((root / path).exists() for root in roots)] == []


def test_every_module_that_is_drawn_exists(folder: Path) -> None:
    drawn = drawn_modules((folder / ARCHITECTURE).read_text())
    modules = {module: package_in(folder) / module.replace(".", "/") for module in drawn}
    assert len(modules) > 5
    assert [name for name, path in modules.items() if not path.is_dir() and not path.with_suffix(".py").is_file()] == []


def test_no_package_is_left_out(folder: Path) -> None:
    """Down to the third level: there each adapter is a technology, and each port is one for a reason."""
    package = package_in(folder)
    packages = {path.parent.relative_to(package).as_posix() for path in package.rglob("*/__init__.py")}
    due = {path for path in packages if path.count("/") in (1, 2)}
    named = named_paths((folder / ARCHITECTURE).read_text())
    assert due
    assert {path for path in due if not any(name.startswith(f"{path}/") for name in named)} == set()


def commands(text: str) -> list[str]:
    """Return every line of the code blocks that are in no language, without its comment."""
    return [line for block in blocks(text) for line in (re.sub(r"  +#.*", "", row) for row in block.splitlines())]


@pytest.mark.parametrize("answers", COMMANDED, ids=lambda answers: "-".join(answers.values()))
def test_every_command_works(answers: Answers, own_project: Projects) -> None:
    """One after the other, as they stand there."""
    service = own_project(answers)
    service.sync()
    found = commands((service.folder / AGENTS).read_text())
    assert {"uv sync", "uv run poe check"} <= set(found)
    with database_of(service) as environment:
        for command in found:
            execute(service, command, environment)


def execute(service: Project, command: str, environment: Environment) -> None:
    if command == f"uv run {console_script(service)} serve":
        with served(service, service.folder / "build" / "served.log", environment):
            return
    program, *arguments = shlex.split(command)
    assert program == "uv"
    run(UV, *arguments, cwd=service.folder, environment=environment)
