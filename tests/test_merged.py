"""The check that finds what a merge has left open."""

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.releases import Releases, copy, merged
from harness.running import Project, run

type Leave = Callable[[Project], None]

MARKER = "<<<<<<< before updating\nmine\n=======\ntheirs\n>>>>>>> after updating\n"


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    return Releases(tmp_path_factory.mktemp("releases"))


@pytest.fixture
def service(releases: Releases, tmp_path: Path) -> Project:
    return copy(releases, tmp_path / "service", {})


def leave_marker(service: Project) -> None:
    service.append("README.md", MARKER)


def leave_marker_in_a_new_file(service: Project) -> None:
    (service.folder / "docs/new.md").write_text(MARKER)


def leave_reject(service: Project) -> None:
    (service.folder / "README.md.rej").write_text("@@\n")


def leave_ignored_original(service: Project) -> None:
    service.append(".gitignore", "*.orig\n")
    (service.folder / "src/my_service/__main__.py.orig").write_text("x\n")


def leave_unmerged_path(service: Project) -> None:
    """Both sides change one line."""
    service.git("checkout", "--quiet", "-b", "other")
    service.edit("docs/problems.md", "# Problems\n", "# Theirs\n")
    service.commit("Theirs")
    service.git("checkout", "--quiet", "main")
    service.edit("docs/problems.md", "# Problems\n", "# Ours\n")
    service.commit("Ours")
    run("git", "merge", "other", cwd=service.folder, fails=True)
    (service.folder / "docs/problems.md").write_text("# Settled, and not yet added\n")


def test_nothing_is_open_in_a_fresh_service(service: Project) -> None:
    assert merged(service) == "This service follows version 1.0.0 of its template.\n"


def test_outside_of_git_nothing_is_open(service: Project) -> None:
    (service.folder / ".git").rename(service.folder / "elsewhere")
    assert merged(service) == "This service follows version 1.0.0 of its template.\n"


def test_what_is_deleted_is_listed_and_no_fault(service: Project) -> None:
    (service.folder / "docs/problems.md").unlink()
    _, listed = merged(service).splitlines()
    assert listed.startswith("docs/problems.md: deleted, and what was edited there with it")


@pytest.mark.parametrize(
    ("leave", "found"),
    [
        (leave_marker, [":1: a conflict marker", ":5: a conflict marker"]),
        (leave_marker_in_a_new_file, ["docs/new.md:1: a conflict marker", "docs/new.md:5: a conflict marker"]),
        (leave_reject, ["README.md.rej: changes that were not applied"]),
        (leave_ignored_original, ["src/my_service/__main__.py.orig: changes that were not applied"]),
        (leave_unmerged_path, ["docs/problems.md: in conflict"]),
    ],
)
def test_what_is_open_is_listed(leave: Leave, found: list[str], service: Project) -> None:
    leave(service)
    version, sentence, *listed = merged(service, fails=True).splitlines()

    assert version == "This service follows version 1.0.0 of its template."
    assert sentence == "Left open by a merge; settle each, then add it to git:"
    assert len(listed) == len(found)
    assert all(line.endswith(end) or "README.md:" in line for line, end in zip(listed, found, strict=True))
