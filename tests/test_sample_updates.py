"""The sample through an update: edited, it keeps the edits; removed, it stays away; left alone, it gets better."""

from pathlib import Path

import pytest

from harness.releases import Releases, copy, merged, update
from harness.running import Project, run
from harness.sample import commands

MODEL = "src/my_service/domain/model/market.py"
USE_CASE = "src/my_service/application/use_cases/rename_market.py"
SOURCES = "template/src/{{ package_name }}"


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """2.0.0 changes a file of the sample, and adds one."""
    releases = Releases(tmp_path_factory.mktemp("releases"))
    releases.change(f"{SOURCES}/domain/model/market.py.jinja", '"""Markets and', '"""A place to sell, and')
    releases.write("src/{{ package_name }}/application/use_cases/rename_market.py", '"""Rename a market."""\n')
    releases.release("2.0.0")
    return releases


@pytest.fixture
def service(releases: Releases, tmp_path: Path) -> Project:
    return copy(releases, tmp_path / "service", {}, version="1.0.0")


def text_of(service: Project, path: str) -> str:
    return (service.folder / path).read_text()


def test_a_sample_that_nobody_has_touched_gets_better(service: Project) -> None:
    update(service)

    assert text_of(service, MODEL).startswith('"""A place to sell, and')
    assert (service.folder / USE_CASE).exists()


def test_an_edited_sample_keeps_its_edits(service: Project) -> None:
    service.append(MODEL, "\n\nOURS = 1\n")
    service.commit("Edit")
    update(service)

    assert text_of(service, MODEL).endswith("\n\nOURS = 1\n")
    assert text_of(service, MODEL).startswith('"""A place to sell, and')


def test_an_edit_of_the_same_line_is_a_conflict_that_is_listed(service: Project) -> None:
    service.edit(MODEL, '"""Markets and', '"""Our market, and')
    service.commit("Edit")
    update(service)

    assert '"""Our market, and' in text_of(service, MODEL)
    assert f"{MODEL}: in conflict" in merged(service, fails=True)


def test_a_deleted_file_stays_deleted(service: Project) -> None:
    service.git("rm", "--quiet", MODEL)
    service.commit("Delete")
    update(service)

    assert not (service.folder / MODEL).exists()


def test_a_removed_sample_stays_away_with_all_that_is_added_to_it(service: Project) -> None:
    for command in commands(service)[:-1]:
        run("sh", "-c", command, cwd=service.folder)
    service.commit("Remove the sample")
    update(service)

    assert [path.name for path in (service.folder / "src").rglob("*market*")] == []
    assert "sample: false" in text_of(service, ".copier-answers.yml")
    service.commit("Update")
    update(service, None, "--vcs-ref=:current:")
    assert service.git("status", "--short") == ""
