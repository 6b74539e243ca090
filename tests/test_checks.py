"""Every structural combination is run in full: the service's own checks, and the service as a user starts it."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.report import record
from harness.running import CHECKS, Project
from harness.serving import call_everything
from harness.variants import Answers, Variant, executed_variants

# Deletes as if another run had just put a file there.
ANOTHER_RUN = """
import errno
import os


def rmdir(path, *, dir_fd=None):
    raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY), path)


os.rmdir = rmdir
"""

type Projects = Callable[[Answers], Project]

VARIANTS = [pytest.param(v, id=str(v)) for v in executed_variants()]


@pytest.mark.parametrize("variant", VARIANTS)
def test_it_installs(variant: Variant, project: Projects, request: pytest.FixtureRequest) -> None:
    record(request, variant, "sync")
    project(variant.answers).uv_run("python", "-c", "import my_service")


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("check", CHECKS)
def test_check(check: str, variant: Variant, project: Projects, request: pytest.FixtureRequest) -> None:
    record(request, variant, check)
    output = project(variant.answers).uv_run("poe", check)
    assert "warning" not in output.lower(), output


@pytest.mark.parametrize("variant", VARIANTS)
def test_it_serves(variant: Variant, project: Projects, request: pytest.FixtureRequest) -> None:
    record(request, variant, "serves")
    call_everything(project(variant.answers))


def test_the_tests_of_another_service_may_remove_the_same_old_folder(project: Projects, tmp_path: Path) -> None:
    (tmp_path / "pytest-of-anybody" / "garbage-1").mkdir(parents=True, mode=0o700)
    (tmp_path / "in_the_way.py").write_text(ANOTHER_RUN)
    environment = {"LOGNAME": "anybody", "PYTEST_DEBUG_TEMPROOT": str(tmp_path), "PYTHONPATH": str(tmp_path)}
    command = ("pytest", "-p", "in_the_way", "tests/machinery/unit/test_settings.py")
    output = project({}).uv_run(*command, environment=environment)
    assert list((tmp_path / "pytest-of-anybody").glob("garbage-*")), output


def test_two_commands_run_the_checks(project: Projects) -> None:
    folder = project({}).folder
    tasks = tomllib.loads((folder / "pyproject.toml").read_text())["tool"]["poe"]["tasks"]
    *static, tests, coverage = CHECKS
    assert tasks["static"]["sequence"] == static
    assert tasks["check"]["parallel"] == ["static", {"sequence": ["tests", coverage]}]
    assert tasks["check-all"]["parallel"] == ["static", {"sequence": [tests, coverage]}]
    assert "uv run poe check" in (folder / "README.md").read_text()


def test_the_checks_before_a_commit_pass(project: Projects) -> None:
    project({}).uv_run("poe", "check")


@pytest.mark.parametrize("fault", ["import os\n", "def test_it() -> None:\n    raise AssertionError\n"])
def test_one_check_that_fails_is_enough(fault: str, own_project: Projects) -> None:
    project = own_project({})
    project.sync()
    (project.folder / "tests" / "unit" / "test_fault.py").write_text(fault)
    output = project.uv_run("poe", "check", fails=True)
    assert "types | Success" in output, "the others run all the same"
