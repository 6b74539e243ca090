"""The guides in ``docs/how-to/`` are true: tests follow them step by step, exactly as written."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ruff import find_ruff_bin

from harness.documents import Change, execute, missing_paths, response_to, steps, without_comment
from harness.names import NAMES
from harness.rendering import Render
from harness.running import STATIC, Environment, Project, run
from harness.serving import console_script, database_of, served
from harness.variants import ROOT, STRUCTURAL, Answers, Variant, choices, structures

type Projects = Callable[[Answers], Project]

VARIANTS = [pytest.param(variant, id=str(variant)) for variant in structures()]
WITH_ADMIN = Variant((*next(v for v in structures() if v["framework"] == "django").pairs, ("admin", True)))
FOLDER = "docs/how-to"
GUIDES = sorted(path.name.removesuffix(".jinja") for path in (ROOT / "template" / FOLDER).iterdir())

# A service follows every third guide. Guides may change the same line, so no service can follow all of them.
PARTS = 3

# The tests that a guide may break; the others take long.
TESTS = ("tests/unit", "tests/contract", "tests/integration/test_migrations.py")


def guides(part: int) -> list[str]:
    return GUIDES[part % PARTS :: PARTS]


@pytest.fixture
def service(variant: Variant, own_project: Callable[[Answers], Project]) -> Project:
    service = own_project(variant.answers)
    service.sync()
    return service


@pytest.fixture
def environment(service: Project, tmp_path: Path) -> Iterator[Environment]:
    """A database of its own."""
    with database_of(service) as found:
        yield {"DATABASE_URL": f"sqlite:///{(tmp_path / 'own.sqlite3').as_posix()}", **found}


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_guides_work(variant: Variant, service: Project, environment: Environment, tmp_path: Path) -> None:
    followed = guides(structures().index(variant))
    curls = [line for guide in followed for line in follow(service, guide, environment)]

    for name in STATIC:
        service.uv_run("poe", name)
    service.uv_run("pytest", "--quiet", *TESTS)
    service.uv_run(console_script(service), "migrate", environment=environment)
    with served(service, tmp_path / "served.log", environment) as client:
        responses = [(line, str(response_to(client, line).status_code)) for line in curls]
    assert [line for line, status in responses if f"  # {status}" not in line] == [], responses


def follow(service: Project, guide: str, environment: Environment) -> list[str]:
    """Make every change of the guide, and run its commands but for the last checks; return the calls with curl."""
    own = [f"uv run {console_script(service)} serve", "uv run poe check"]
    found = list(steps((service.folder / FOLDER / guide).read_text()))
    curls = [step for step in found if isinstance(step, str) and step.startswith("curl ")]
    for step in found:
        if isinstance(step, Change):
            step.make(service)
        elif step not in curls and (command := without_comment(step)) not in own:
            execute(service, command, environment)
    assert missing_paths(f"{FOLDER}/{guide}", service.folder) == []
    return curls


@pytest.mark.parametrize("guide", GUIDES)
@pytest.mark.parametrize("question", STRUCTURAL)
def test_every_guide_is_followed_with_every_choice(guide: str, question: str) -> None:
    followed = {variant[question] for part, variant in enumerate(structures()) if guide in guides(part)}
    assert followed == set(choices(question))


@pytest.mark.parametrize("name", ["shortest", "longest"])
@pytest.mark.parametrize("variant", [*VARIANTS, pytest.param(WITH_ADMIN, id=str(WITH_ADMIN))])
def test_the_guides_are_clean_with_every_name(variant: Variant, name: str, render: Render, tmp_path: Path) -> None:
    for part in range(PARTS):
        service = Project.start(render(variant.answers | NAMES[name]), tmp_path / str(part))
        for guide in guides(part):
            for step in steps((service.folder / FOLDER / guide).read_text()):
                if isinstance(step, Change):
                    step.make(service)
        for command in (["check"], ["format", "--check", "--diff"]):
            run(find_ruff_bin(), *command, "--no-cache", ".", cwd=service.folder)
