"""The example in ``docs/how-to/add-a-use-case.md`` works in every variant, block by block, just as it stands there."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from ruff import find_ruff_bin

from harness.documents import Change, call, execute, missing_paths, steps
from harness.names import NAMES
from harness.rendering import Render
from harness.running import CHECKS, Environment, Project, run
from harness.serving import console_script, database_of, served
from harness.variants import Answers, Variant, executed_variants

type Projects = Callable[[Answers], Project]

VARIANTS = [pytest.param(variant, id=str(variant)) for variant in executed_variants()]
DOCUMENT = "docs/how-to/add-a-use-case.md"

# Those of all tests that may be red after a use case has been added; the others take long.
TESTS = ("tests/unit", "tests/contract", "tests/integration/test_migrations.py")


def read(folder: Path) -> list[Change | str]:
    return list(steps((folder / DOCUMENT).read_text()))


@pytest.fixture
def service(variant: Variant, project: Callable[[Answers], Project]) -> Iterator[Project]:
    """A service that others use as well, and that is afterwards as it was before."""
    service = project(variant.answers)
    yield service
    service.git("reset", "--quiet", "--hard")
    service.git("clean", "--quiet", "--force", "-d")


@pytest.fixture
def environment(service: Project, tmp_path: Path) -> Iterator[Environment]:
    """A database of its own."""
    with database_of(service) as found:
        yield {"DATABASE_URL": f"sqlite:///{(tmp_path / 'own.sqlite3').as_posix()}", **found}


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_example_works(service: Project, environment: Environment, tmp_path: Path) -> None:
    lines = take(service, environment)
    assert missing_paths(DOCUMENT, service.folder) == []
    check, serve, *curls = lines
    assert (check, serve) == ("uv run poe check", f"uv run {console_script(service)} serve")
    for name in CHECKS[: CHECKS.index("tests")]:
        service.uv_run("poe", name)
    service.uv_run("pytest", "--quiet", *TESTS)
    with served(service, tmp_path / "served.log", environment) as client:
        create_and_rename(client, curls)


def take(service: Project, environment: Environment) -> list[str]:
    """Take every step up to the last change; return the commands that are left."""
    left: list[str] = []
    for step in read(service.folder):
        if isinstance(step, str):
            left.append(step)
            continue
        for command in left:
            execute(service, command, environment)
        left.clear()
        step.make(service)
    return left


def create_and_rename(client: httpx2.Client, curls: list[str]) -> None:
    created, renamed, again = (call(client, line) for line in [*curls, curls[-1]])
    assert (created.status_code, renamed.status_code, again.status_code) == (201, 200, 409)
    assert renamed.json() == created.json() | {"name": "Growers"}
    assert again.json()["type"] == "urn:problem-type:market-already-renamed"


@pytest.mark.parametrize("name", ["shortest", "longest"])
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_example_is_clean_whatever_the_name(variant: Variant, name: str, render: Render, tmp_path: Path) -> None:
    service = Project.start(render(variant.answers | NAMES[name]), tmp_path / "service")
    for step in read(service.folder):
        if isinstance(step, Change):
            step.make(service)
    for command in (["check"], ["format", "--check", "--diff"]):
        run(find_ruff_bin(), *command, "--no-cache", ".", cwd=service.folder)
