"""Checks that cannot fail prove nothing: each rule is broken on purpose, and its check has to say so by name."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.rendering import Render
from harness.running import Project
from harness.variants import Answers, choices

type Projects = Callable[[Answers], Project]

SRC = "src/my_service"
CORE = [f"{SRC}/domain/model/market.py", f"{SRC}/application/use_cases/get_market.py"]
TECHNOLOGY = {
    "fastapi": ["fastapi", "sqlalchemy", "pydantic", "structlog", "opentelemetry", "logging", "asyncio"],
    "django": ["django", "ninja", "pydantic", "structlog", "opentelemetry", "logging", "asyncio"],
}


@pytest.fixture(params=choices("framework"))
def service(request: pytest.FixtureRequest, own_project: Projects) -> Project:
    """A service of each framework, to be broken."""
    project = own_project({"framework": request.param})
    project.sync()
    return project


def says(project: Project, check: str) -> str:
    """Return what a check prints that fails."""
    return project.uv_run("poe", check, fails=True)


def contract_broken(output: str, name: str) -> bool:
    return f"{name} BROKEN" in output


@pytest.mark.parametrize("path", CORE)
def test_the_core_is_plain_python(service: Project, path: str) -> None:
    framework = "django" if (service.folder / "manage.py").exists() else "fastapi"
    for module in TECHNOLOGY[framework]:
        before = (service.folder / path).read_text()
        service.append(path, f"\nimport {module}\n")
        assert contract_broken(says(service, "architecture"), "The core is plain Python"), module
        (service.folder / path).write_text(before)


def test_type_checking_imports_are_not_exempt(service: Project) -> None:
    service.append(CORE[0], "\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import pydantic\n")
    assert contract_broken(says(service, "architecture"), "The core is plain Python")


@pytest.mark.parametrize(
    ("path", "module", "contract"),
    [
        ("domain/errors.py", "application", "Dependencies point inwards: config, adapter, application, domain"),
        ("domain/errors.py", "adapter", "Dependencies point inwards: config, adapter, application, domain"),
        (
            "application/use_cases/get_market.py",
            "adapter",
            "Dependencies point inwards: config, adapter, application, domain",
        ),
        ("adapter/out/system.py", "config", "Dependencies point inwards: config, adapter, application, domain"),
        ("adapter/out/system.py", "adapter.in_", "Inbound and outbound adapters do not know each other"),
        ("adapter/in_/http/edge/request_id.py", "adapter.out", "Inbound and outbound adapters do not know each other"),
        ("adapter/out/system.py", "application.use_cases", "Adapters reach the core through its ports"),
    ],
)
def test_imports_point_inwards(service: Project, path: str, module: str, contract: str) -> None:
    service.append(f"{SRC}/{path}", f"\nimport my_service.{module}\n")
    assert contract_broken(says(service, "architecture"), contract)


def test_a_new_top_level_package_has_to_find_its_layer(service: Project) -> None:
    package = service.folder / SRC / "misc"
    package.mkdir()
    (package / "__init__.py").write_text('"""Whatever."""\n')
    output = says(service, "architecture")
    assert "misc" in output
    assert "exhaustive" in output.lower() or "Missing layer" in output or "not declared" in output.lower(), output


def test_types_are_checked_in_code_and_tests(service: Project) -> None:
    service.append(f"{SRC}/adapter/out/system.py", "\n\ndef late() -> int:\n    return str(now())\n")
    service.append("tests/fakes/store.py", "\n\ndef untyped(x):\n    return x\n")
    output = says(service, "types")
    assert 'Incompatible return value type (got "str", expected "int")  [return-value]' in output
    assert "tests/fakes/store.py" in output
    assert "[no-untyped-def]" in output


def test_no_service_is_taken_for_another(render: Render, tmp_path: Path) -> None:
    """They share what mypy knows, and a module of the same path, size and second may still be another one."""
    source = Path(shutil.copytree(render({}), tmp_path / "render"))
    module = source / SRC / "adapter/out/system.py"
    times, text = module.stat(), module.read_text()
    for folder, result in (("one", "uuid4()"), ("other", "now  ()")):
        module.write_text(text.replace("return uuid4()", f"return {result}"))
        os.utime(module, ns=(times.st_atime_ns, times.st_mtime_ns))
        project = Project.start(source, tmp_path / folder)
        project.sync()
        output = project.uv_run("poe", "types", fails=folder == "other")
    assert module.stat().st_size == times.st_size
    assert 'Incompatible return value type (got "datetime", expected "UUID")' in output


def test_an_unused_and_an_undeclared_dependency_are_found(service: Project) -> None:
    service.edit("pyproject.toml", '  "structlog', '  "idna>=3",\n  "structlog')
    service.append(f"{SRC}/adapter/out/system.py", "\nimport certifi\n")
    output = says(service, "dependencies")
    assert "DEP002 'idna' defined as a dependency but not used" in output
    assert "'certifi' imported but" in output


def test_code_without_tests_fails_the_gates(service: Project) -> None:
    body = "".join(f"    if n == {n}:\n        return {n * n}\n" for n in range(200))
    service.append(f"{SRC}/domain/model/market.py", f"\n\ndef unproved(n: int) -> int:\n{body}    return n\n")
    output = says(service, "tests")
    assert "Required test coverage of 90.0% not reached" in output or "less than fail-under=90" in output, output[
        -2000:
    ]
    assert "less than fail-under=95" in says(service, "core-coverage")


def test_a_model_without_its_migration_is_found(service: Project) -> None:
    """The drift check is among the integration tests."""
    rows = {
        True: (
            f"{SRC}/adapter/out/persistence/models.py",
            "    version = models",
            "    colour = models.CharField(max_length=9)\n    version = models",
        ),
        False: (
            f"{SRC}/adapter/out/persistence/tables.py",
            "    version: Mapped[int]",
            "    colour: Mapped[str | None]\n    version: Mapped[int]",
        ),
    }
    service.edit(*rows[(service.folder / "manage.py").exists()])
    output = service.uv_run("pytest", "tests/integration/test_migrations.py", "-p", "no:randomly", fails=True)
    assert "without_a_migration" in output
