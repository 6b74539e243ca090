"""Each structure is run in full: the service's own checks, and the service as a user starts it.

Further variants are run for the options that meet in them. All have the tests that only the template runs.
"""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.report import record
from harness.running import CHECK, CHECK_ALL, STATIC, Project
from harness.serving import call_everything
from harness.variants import ROOT, TEMPLATE_TESTS, Answers, Variant, further_variants, layers_of, options, structures

# Deletes as if another run had just put a file there.
ANOTHER_RUN = """
import errno
import os


def rmdir(path, *, dir_fd=None):
    raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY), path)


os.rmdir = rmdir
"""

type Projects = Callable[[Answers], Project]

STRUCTURES = [pytest.param(variant, id=str(variant)) for variant in structures()]
FURTHER = [pytest.param(variant, id=str(variant)) for variant in further_variants()]


@pytest.mark.parametrize("variant", [*STRUCTURES, *FURTHER])
def test_it_installs(variant: Variant, project: Projects, request: pytest.FixtureRequest) -> None:
    record(request, variant, "sync")
    project(variant.answers | TEMPLATE_TESTS).uv_run("python", "-c", "import my_service")


CASES = [(check, variant) for variant in structures() for check in CHECK_ALL]
CASES += [(check, variant) for variant in further_variants() for check in CHECK]


@pytest.mark.parametrize(("check", "variant"), [pytest.param(*case, id="-".join(map(str, case))) for case in CASES])
def test_check(check: str, variant: Variant, project: Projects, request: pytest.FixtureRequest) -> None:
    """All checks of each structure; of other variants those that run before a commit."""
    record(request, variant, check)
    output = project(variant.answers | TEMPLATE_TESTS).uv_run("poe", check)
    assert "warning" not in output.lower(), output


@pytest.mark.parametrize("variant", STRUCTURES)
def test_the_tests_cover_the_machinery(variant: Variant, project: Projects) -> None:
    """A service asks this of its own files only."""
    service = project(variant.answers | TEMPLATE_TESTS)
    if not (service.folder / ".coverage").exists():
        service.uv_run("poe", "tests-all")
    service.uv_run("coverage", "report", "--fail-under=90")


@pytest.mark.parametrize("variant", FURTHER)
def test_options_work_together(variant: Variant, project: Projects, request: pytest.FixtureRequest) -> None:
    """The tests that come with the options of this variant; those of its structure have run elsewhere."""
    record(request, variant, "options")
    service = project(variant.answers | TEMPLATE_TESTS)
    tests = own_tests(service.folder)
    if not tests:
        pytest.skip("its options have no tests of their own")
    service.uv_run("pytest", "--quiet", *tests)


def own_tests(folder: Path) -> list[str]:
    """Return the test modules that are in a layer of an option."""
    files = [path.relative_to(ROOT / "template") for path in (ROOT / "template").rglob("test_*.py*")]
    layers = {f"{{{{ {layer} }}}}" for layer in layers_of(options())}
    ours = {file.as_posix().removesuffix(".jinja") for file in files if layers & set(file.parts)}
    paths = {re.sub(r"\{\{ \w+ \}\}/", "", path) for path in ours}
    return sorted(path for path in paths if (folder / path).exists())


@pytest.mark.parametrize("variant", STRUCTURES)
def test_it_serves(variant: Variant, project: Projects, request: pytest.FixtureRequest) -> None:
    record(request, variant, "serves")
    call_everything(project(variant.answers | TEMPLATE_TESTS))


def test_the_tests_of_another_service_may_remove_the_same_old_folder(project: Projects, tmp_path: Path) -> None:
    (tmp_path / "pytest-of-anybody" / "garbage-1").mkdir(parents=True, mode=0o700)
    (tmp_path / "in_the_way.py").write_text(ANOTHER_RUN)
    environment = {"LOGNAME": "anybody", "PYTEST_DEBUG_TEMPROOT": str(tmp_path), "PYTHONPATH": str(tmp_path)}
    command = ("pytest", "-p", "in_the_way", "tests/unit/test_settings.py")
    output = project({}).uv_run(*command, environment=environment)
    assert list((tmp_path / "pytest-of-anybody").glob("garbage-*")), output


def test_two_commands_run_the_checks(project: Projects) -> None:
    folder = project({}).folder
    tasks = tomllib.loads((folder / "pyproject.toml").read_text())["tool"]["poe"]["tasks"]
    assert tasks["static"]["sequence"] == list(STATIC)
    for name, steps in (("check", CHECK), ("check-all", CHECK_ALL)):
        assert tasks[name]["parallel"] == ["static", {"sequence": list(steps[len(STATIC) :])}]
    assert "uv run poe check" in (folder / "README.md").read_text()


@pytest.mark.parametrize("command", ["check", "check-all"])
def test_a_new_service_passes_its_checks(command: str, project: Projects) -> None:
    project({}).uv_run("poe", command)


@pytest.mark.parametrize("fault", ["import os\n", "def test_it() -> None:\n    raise AssertionError\n"])
def test_one_check_that_fails_is_enough(fault: str, own_project: Projects) -> None:
    project = own_project({})
    project.sync()
    (project.folder / "tests" / "unit" / "test_fault.py").write_text(fault)
    output = project.uv_run("poe", "check", fails=True)
    assert "types | Success" in output, "the others run all the same"
