"""Services that have been edited for months, updated: no edit is lost, and what is in conflict is listed."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.releases import Releases, copy, merged, update
from harness.rendering import rendered_files
from harness.running import Project, run
from harness.sample import remove_sample
from harness.team_edits import Edits, add_aggregate, everyday, rename_and_extend

type Editing = Callable[[Project], None]

MODEL = "src/{{ package_name }}/domain/model"
ADDED = "docs/added.md"
RETIRED, RENAMED = "docs/retired.md", "docs/renamed.md"
NEW_IN_SAMPLE = "src/my_service/domain/model/market_season.py"


def remove(project: Project) -> None:
    project.sync()
    remove_sample(project)


SERVICES: dict[str, tuple[Editing, dict[str, str]]] = {
    "renamed and extended": (rename_and_extend, {"framework": "fastapi", "concurrency": "async"}),
    "second aggregate": (add_aggregate, {"framework": "django", "concurrency": "sync"}),
    "sample removed": (remove, {"framework": "fastapi", "concurrency": "sync"}),
}


@pytest.fixture(scope="session")
def years(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """2.0.0 changes all Python, adds files, to the sample as well, and renames one, which 1.0.0 had, with a plan."""
    releases = Releases(tmp_path_factory.mktemp("years"))
    releases.write(RETIRED, "# To be renamed\n")
    releases.release("1.1.0")
    for path in (releases.folder / "template").rglob("*.*"):
        if path.suffix in {".jinja", ".py"} and ".py" in path.name and path.is_file():
            path.write_text(re.sub(r'^"""[A-Z]', lower, path.read_text(), count=1, flags=re.MULTILINE))
    releases.write(f"{MODEL}/market_season.py", '"""When markets are open."""\n\nSEASON = ("April", "October")\n')
    releases.write(ADDED, "# Added\n")
    releases.remove(RETIRED)
    releases.write(RENAMED, "# Renamed\n")
    releases.change("copier.yml", "_exclude:\n", f"_exclude:\n  - /{RETIRED}\n")
    releases.release("2.0.0")
    return releases


@pytest.fixture
def service(years: Releases, tmp_path: Path) -> Callable[[dict[str, str]], Project]:
    def start(answers: dict[str, str]) -> Project:
        return copy(years, tmp_path / "service", answers, version="1.1.0")

    return start


def lower(start: re.Match[str]) -> str:
    return start[0].lower()


def conflicts(project: Project) -> set[str]:
    return listed(project, "in conflict$")


def listed(project: Project, fate: str) -> set[str]:
    """Return the files of which the service's own check says this."""
    return set(re.findall(rf"^(\S+): {fate}", merged(project, check=False), re.MULTILINE))


def marked(project: Project) -> set[str]:
    files = rendered_files(project.folder)
    return {p for p, text in files.items() if b"<<<<<<< before" in text and not p.startswith((".git/", ".venv/"))}


@pytest.mark.parametrize("name", SERVICES)
def test_no_edit_is_lost_and_all_checks_pass(name: str, service: Callable[[dict[str, str]], Project]) -> None:
    edit, answers = SERVICES[name]
    project = service(answers)
    start = project.git("rev-parse", "HEAD").strip()
    project.append(RETIRED, "Our own remark.\n")
    everyday(project)
    edit(project)
    project.commit("Months of work")
    edits = Edits.of(project, start)
    update(project)

    assert edits.count > 20
    assert edits.lost(project) == []
    assert conflicts(project) == marked(project) == set()
    assert (project.folder / ADDED).exists()
    assert (project.folder / RENAMED).exists()
    assert (project.folder / NEW_IN_SAMPLE).exists() == (name != "sample removed")
    project.commit("Update")
    project.sync()
    for check in ("merged", "lint", "format", "types", "architecture"):
        project.uv_run("poe", check)
    project.uv_run("pytest", "-q", "tests/unit", "tests/contract", "tests/integration/test_migrations.py")


def test_what_both_have_changed_is_kept_and_listed(service: Callable[[dict[str, str]], Project]) -> None:
    project = service({})
    project.edit("src/my_service/domain/model/market.py", '"""Markets and', '"""Ours: a market, and')
    project.commit("Edit")
    edits = Edits.of(project, "HEAD~1")
    update(project)

    assert edits.lost(project) == []
    assert conflicts(project) == marked(project) == {"src/my_service/domain/model/market.py"}


def test_an_edited_service_keeps_its_core_when_it_switches(service: Callable[[dict[str, str]], Project]) -> None:
    """Under the same version; what its adapters lose is what the question has announced."""
    project = service({"framework": "fastapi", "concurrency": "async"})
    for path in ("domain/model/market.py", "application/use_cases/create_market.py", "config/container.py"):
        project.append(f"src/my_service/{path}", "\n\nOURS = 1\n")
    project.append("src/my_service/adapter/out/persistence/database/engine.py", "\n\nOURS = 1\n")
    project.commit("Edit")
    edits = Edits.of(project, "HEAD~1")
    update(project, {"framework": "django"}, "--vcs-ref=:current:")

    lost = {line.partition(":")[0] for line in edits.lost(project)}
    assert lost == {"src/my_service/adapter/out/persistence/database/engine.py"}
    assert lost <= listed(project, "deleted; ")
    assert conflicts(project) == marked(project)


def test_the_lowest_copier_updates_alike(service: Callable[[dict[str, str]], Project], years: Releases) -> None:
    """Nothing in a service hangs on what newer versions of Copier bring."""
    project = service({})
    everyday(project)
    project.commit("Edit")
    edits = Edits.of(project, "HEAD~1")
    lowest = re.findall(r'^_min_copier_version: "(.+)"$', (years.folder / "copier.yml").read_text(), re.MULTILINE)
    command = ("uvx", "--quiet", f"copier=={lowest[0]}", "update", "--defaults")
    run(*command, "--vcs-ref=:current:", cwd=project.folder)
    assert project.git("status", "--short") == ""
    run(*command, cwd=project.folder)
    assert edits.lost(project) == []
    assert rendered_files(project.folder)["src/my_service/config/runtime/command_line.py"].startswith(
        b'"""the command line'
    )
