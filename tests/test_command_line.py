"""The real command line, on a git repository of the template, without ``--trust``."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.releases import Releases, copier, copy, update
from harness.rendering import Render, rendered_files
from harness.variants import Variant, structures

VARIANTS = [pytest.param(variant, id=str(variant)) for variant in structures()]


def content(folder: Path) -> dict[str, bytes]:
    """Return what was rendered, apart from where it came from."""
    files = rendered_files(folder)
    return {path: text for path, text in files.items() if not path.startswith((".git/", ".copier-answers"))}


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_command_line_renders_what_the_tests_check_and_the_same_at_every_update(
    variant: Variant, releases: Releases, render: Render, tmp_path: Path
) -> None:
    project = copy(releases, tmp_path / "service", variant.answers)
    assert content(project.folder) == content(render(variant.answers))
    update(project)
    assert project.git("status", "--short") == ""
    copier("recopy", "--quiet", "--defaults", "--overwrite", cwd=project.folder)
    assert project.git("status", "--short") == ""


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_time_zone_locale_umask_and_folder_change_no_byte(releases: Releases, render: Render, tmp_path: Path) -> None:
    odd = tmp_path / "odd folder, with ünicode"
    odd.mkdir()
    environment = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
    project = copy(releases, odd / "service", {}, environment)
    assert content(project.folder) == content(render({}))
