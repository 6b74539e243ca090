"""The check that lists what a merge has left to do."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.releases import Releases, copy, merged
from harness.running import Project, run

type Leave = Callable[[Project], None]

MARKER = "<<<<<<< before updating\nmine\n=======\ntheirs\n>>>>>>> after updating\n"


@pytest.fixture
def service(releases: Releases, tmp_path: Path) -> Project:
    return copy(releases, tmp_path / "service", {})


@pytest.fixture
def service_in_a_subfolder(releases: Releases, tmp_path: Path) -> Project:
    """A service that shares its repository with others."""
    (tmp_path / "services").mkdir()
    service = copy(releases, tmp_path / "services" / "one", {})
    (service.folder / ".git").rename(tmp_path / ".git")
    service.commit("Move")
    return service


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
    """Two branches change one line."""
    service.git("checkout", "--quiet", "-b", "other")
    service.edit("docs/problems.md", "# Problems\n", "# Theirs\n")
    service.commit("Theirs")
    service.git("checkout", "--quiet", "main")
    service.edit("docs/problems.md", "# Problems\n", "# Ours\n")
    service.commit("Ours")
    run("git", "merge", "other", cwd=service.folder, fails=True)
    (service.folder / "docs/problems.md").write_text("# Edited, and not added\n")


def test_a_fresh_service_has_no_conflicts(service: Project) -> None:
    assert merged(service) == "This service follows version 1.0.0 of its template.\n"


def test_a_folder_without_git_has_no_conflicts(service: Project) -> None:
    (service.folder / ".git").rename(service.folder / "elsewhere")
    assert merged(service) == "This service follows version 1.0.0 of its template.\n"


def test_a_deleted_file_is_listed_and_is_not_an_error(service: Project) -> None:
    (service.folder / "docs/problems.md").unlink()
    _, listed = merged(service).splitlines()
    assert listed.startswith("docs/problems.md: deleted; ")


def test_every_printed_command_works_in_a_subfolder(service_in_a_subfolder: Project) -> None:
    service = service_in_a_subfolder
    named = "docs/two words, größer.md"
    service.append(named, "Ours\n")
    service.commit("Add")
    (service.folder / named).unlink()
    leave_marker_in_a_new_file(service)

    show, add = re.findall(r"`(git .+?)`", merged(service, fails=True))

    assert run("sh", "-c", show, cwd=service.folder) == "Ours\n"
    run("sh", "-c", add, cwd=service.folder)
    assert service.git("diff", "--cached", "--name-only", "--relative").splitlines()[0] == "docs/new.md"


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
def test_every_conflict_is_listed(leave: Leave, found: list[str], service: Project) -> None:
    leave(service)
    version, sentence, *listed = merged(service, fails=True).splitlines()

    assert version == "This service follows version 1.0.0 of its template."
    assert sentence == "A merge left these conflicts; edit each file, then run `git add --all .`:"
    assert len(listed) == len(found)
    assert all(line.endswith(end) or "README.md:" in line for line, end in zip(listed, found, strict=True))
