"""The four invariants of an update, for every structural variant, through the real command line."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.releases import Releases, copy, update
from harness.rendering import rendered_files
from harness.running import Project
from harness.variants import STRUCTURAL, Variant, applies, choices, options, structures

VARIANTS = [pytest.param(variant, id=str(variant)) for variant in structures()]

RETIRED = "docs/retired.md"
ADDED = "docs/added.md"

# A user may ignore everywhere what a service has to keep.
HOSTILE_IGNORE = ".*\nDockerfile\n*.yaml\n*.yml\ndeploy/\ndocs/\n*.md\n*.toml\nbuild/\ntests/\n"


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """1.0.0 is the working tree; 2.0.0 changes every Python file and more, adds a file, and retires one."""
    releases = Releases(tmp_path_factory.mktemp("releases"))
    releases.write(RETIRED, "# To be retired\n")
    releases.release("1.1.0")
    _change_everything(releases)
    releases.write(ADDED, "# Added\n")
    releases.remove(RETIRED)
    releases.release("2.0.0")
    return releases


def _change_everything(releases: Releases) -> None:
    """Change the docstring, or the heading, that each file begins with."""
    for path in (releases.folder / "template").rglob("*"):
        if path.suffix in {".jinja", ".py"} and path.is_file():
            text = path.read_text()
            path.write_text(re.sub(r'^("""|# )(?=\w)', r"\1Changed: ", text, count=1, flags=re.MULTILINE))


@pytest.fixture(scope="session")
def old_services(releases: Releases, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Variant], Path]:
    """A variant to a folder with a service of 1.1.0, to be copied; each is made once."""
    folder = tmp_path_factory.mktemp("old")

    def make(variant: Variant) -> Path:
        service = folder / str(variant)
        if not service.exists():
            copy(releases, service, variant.answers, version="1.1.0")
        return service

    return make


@pytest.fixture
def old_service(old_services: Callable[[Variant], Path], tmp_path: Path) -> Callable[[Variant], Project]:
    return lambda variant: Project(Path(shutil.copytree(old_services(variant), tmp_path / "service", symlinks=True)))


def tracked(project: Project) -> dict[str, bytes]:
    return {path: text for path, text in rendered_files(project.folder).items() if not path.startswith(".git/")}


@pytest.mark.parametrize("variant", VARIANTS)
def test_an_update_equals_a_fresh_copy(
    variant: Variant, releases: Releases, old_service: Callable[[Variant], Project], tmp_path: Path
) -> None:
    project = old_service(variant)
    assert RETIRED in tracked(project)
    update(project)

    assert tracked(project) == tracked(copy(releases, tmp_path / "fresh", variant.answers))
    assert ADDED in tracked(project)
    assert RETIRED not in tracked(project)


def mark(text: str, path: str) -> tuple[str, list[str]]:
    """Put a line of the user's at the start, in the middle and at the end; return them, too."""
    lines = text.splitlines(keepends=True)
    marks = [f"# mine: {path} {place}\n" for place in ("start", "middle", "end")]
    middle = len(lines) // 2
    return "".join([marks[0], *lines[:middle], marks[1], *lines[middle:], marks[2]]), marks


@pytest.fixture
def hostile_gitignore(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ignore").write_text(HOSTILE_IGNORE)
    (tmp_path / "gitconfig").write_text(f"[core]\n\texcludesFile = {tmp_path / 'ignore'}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))


@pytest.mark.usefixtures("hostile_gitignore")
@pytest.mark.parametrize("variant", VARIANTS)
def test_no_edit_is_lost(variant: Variant, old_service: Callable[[Variant], Project]) -> None:
    project = old_service(variant)
    assert project.git("ls-files").splitlines() == sorted(tracked(project)), "a rendered file is ignored by git"
    marks = _mark_every_file(project)
    project.commit("Edit every file")
    update(project)

    now = {path: text.decode() for path, text in tracked(project).items()}
    lost = [line for path, lines in marks.items() for line in lines if line not in now.get(path, "")]
    assert lost == []
    conflicts = {path for path, text in now.items() if "<<<<<<< before updating" in text}
    assert conflicts == set(re.findall(r"^(?:UU|AA) (.+)$", project.git("status", "--short"), re.MULTILINE))
    assert not [path for path in now if path.endswith(".rej")]


def _mark_every_file(project: Project) -> dict[str, list[str]]:
    marks = {}
    for path, text in tracked(project).items():
        if path not in (".copier-answers.yml", RETIRED):  # Copier's own; and an edit in what is retired is told of
            marked, marks[path] = mark(text.decode(), path)
            (project.folder / path).write_text(marked)
    return marks


# From what is proposed to each other choice, and back. What is structural, in the first and in
# the last structure that has it; an option, in one of those where it is as proposed.
def switches() -> Iterator[tuple[Variant, str, object]]:
    for question in (*STRUCTURAL, *options()):
        proposed, *others = choices(question)
        asked = [variant for variant in structures() if applies(question, variant.answers)]
        rows = [variant for variant in asked if variant[question] == proposed]
        for number, other in enumerate(others):
            yield from ((variant, question, other) for variant in {rows[0]: 1, rows[-1]: 1} if question in STRUCTURAL)
            if question in options():
                yield rows[number % len(rows)], question, other


SWITCHES = [pytest.param(*case, id="-".join(map(str, case))) for case in switches()]


@pytest.mark.parametrize(("variant", "question", "other"), SWITCHES)
def test_switching_there_gives_a_fresh_copy_and_back_restores_the_tree(
    variant: Variant, question: str, other: object, releases: Releases, tmp_path: Path
) -> None:
    project = copy(releases, tmp_path / "service", variant.answers)
    before = tracked(project)

    update(project, {question: other}, "--vcs-ref=:current:")
    assert tracked(project) == tracked(copy(releases, tmp_path / "other", variant.answers | {question: other}))
    project.commit("Switch there")
    update(project, {question: variant[question]}, "--vcs-ref=:current:")
    assert tracked(project) == before
