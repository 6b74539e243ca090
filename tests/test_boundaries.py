"""Checks that cannot fail prove nothing: each rule is broken on purpose, and its check has to say so by name."""

import ast
import os
import re
import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.rendering import Render
from harness.running import Project
from harness.variants import Answers, executed_variants

type Projects = Callable[[Answers], Project]

SRC = "src/my_service"
CORE = ["domain/model/market", "application/use_cases/get_market"]
TECHNOLOGY = {
    "fastapi": ["fastapi", "sqlalchemy", "pydantic", "structlog", "logging", "asyncio"],
    "django": ["django", "ninja", "pydantic", "structlog", "logging", "asyncio"],
}


# The options that bring rooms of their own.
WITH_ROOMS = {"cli": True, "auth": "accounts", "client": True, "cache": "memory"}

SERVICES = {variant["framework"]: variant for variant in reversed(executed_variants())}


@pytest.fixture(params=[pytest.param(variant, id=str(variant)) for variant in SERVICES.values()])
def service(request: pytest.FixtureRequest, project: Projects) -> Iterator[Project]:
    """A service of each framework, to be broken; other tests use it as well, and afterwards it is as it was before."""
    found = project(request.param.answers | WITH_ROOMS)
    yield found
    found.git("reset", "--quiet", "--hard")
    found.git("clean", "--quiet", "--force", "-d")


def says(project: Project, check: str) -> str:
    """Return what a check prints that fails."""
    return project.uv_run("poe", check, fails=True)


def broken_imports(service: Project, contract: str) -> set[str]:
    """Return the imports that this contract complains of, as ``importer -> imported``."""
    found = re.search(
        rf"^{re.escape(contract)}\n-+\n(.*?)(?=^-+\n|\Z)", says(service, "architecture"), re.DOTALL | re.MULTILINE
    )
    assert found, f"{contract} is not broken"
    return set(re.findall(r"(\S+ -> \S+) \(l\.", " ".join(found[1].split())))  # it wraps at 80 columns


def broken_third_party_imports(service: Project) -> set[str]:
    """Return what the core imports from outside; whoever imports such a module in turn is listed as well."""
    return {found for found in broken_imports(service, PLAIN) if " -> my_service." not in found}


PLAIN = "The core is plain Python"


def test_the_core_is_plain_python(service: Project) -> None:
    framework = "django" if (service.folder / "manage.py").exists() else "fastapi"
    for path in CORE:
        service.append(f"{SRC}/{path}.py", "".join(f"\nimport {module}\n" for module in TECHNOLOGY[framework]))
    importers = [f"my_service.{path.replace('/', '.')}" for path in CORE]
    expected = {f"{importer} -> {module}" for importer in importers for module in TECHNOLOGY[framework]}
    assert broken_third_party_imports(service) == expected


def test_type_checking_imports_are_not_exempt(service: Project) -> None:
    service.append(
        f"{SRC}/{CORE[0]}.py", "\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import pydantic\n"
    )
    assert broken_third_party_imports(service) == {"my_service.domain.model.market -> pydantic"}


LAYERS = "Dependencies point inwards: config, adapter, application, domain"
APART = "Inbound and outbound adapters do not know each other"
PORTS = "Adapters reach the core through its ports"
EDGE, FRAMEWORK = "The edge is a sealed room", "The framework room is for routes"
DATABASE = "The database room is for repositories and readers"
RUNTIME = "The runtime room is for entry points, bootstrap and settings"
TERMINAL = "The terminal room is for commands"
CALLS = "The room of HTTP calls is for clients of other services"
SECURITY = "The security room is for bootstrap"
STORAGE = "The storage room is for adapters of the cache"

# A module, what it may not import, and the contract that says so.
FORBIDDEN = [
    ("domain.errors", "application", LAYERS),
    ("domain.errors", "adapter", LAYERS),
    ("application.use_cases.get_market", "adapter", LAYERS),
    ("adapter.out.system", "config", LAYERS),
    ("adapter.out.system", "adapter.in_", APART),
    ("adapter.in_.http.edge.request_id", "adapter.out", APART),
    ("adapter.out.system", "application.use_cases", PORTS),
    ("adapter.in_.http.markets", "adapter.in_.http.edge", EDGE),
    ("adapter.in_.http.market_schemas", "adapter.in_.http.edge", EDGE),
    ("adapter.in_.http.markets", "adapter.in_.http.problems", EDGE),
    ("adapter.in_.http.edge.request_id", "adapter.in_.http.framework", FRAMEWORK),
    ("adapter.out.system", "adapter.out.persistence.database", DATABASE),
    ("config.container", "config.runtime", RUNTIME),
    ("adapter.in_.http.markets", "adapter.in_.cli.terminal", TERMINAL),
    ("adapter.out.system", "adapter.out.client.http", CALLS),
    ("adapter.out.system", "adapter.out.security", SECURITY),
    ("adapter.out.system", "adapter.out.cache.storage", STORAGE),
]
ROOMS = {imported for _, imported, contract in FORBIDDEN if contract not in (LAYERS, APART, PORTS)}


@pytest.mark.parametrize("contract", sorted({contract for *_, contract in FORBIDDEN}))
def test_imports_point_inwards_and_rooms_are_sealed(service: Project, contract: str) -> None:
    expected = set()
    for importer, imported, _ in (case for case in FORBIDDEN if case[2] == contract):
        service.append(f"{SRC}/{importer.replace('.', '/')}.py", f"\nimport my_service.{imported}\n")
        expected.add(f"my_service.{importer} -> my_service.{imported}")
    assert broken_imports(service, contract) >= expected


def test_every_room_says_what_it_is_and_is_broken_into_above(service: Project) -> None:
    contracts = tomllib.loads((service.folder / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    protected = {module for contract in contracts for module in contract.get("protected_modules", [])}
    assert {module.removeprefix("my_service.") for module in protected if module[-1] != "*"} == ROOMS
    for room in ROOMS:
        source = (service.folder / SRC / room.replace(".", "/") / "__init__.py").read_text()
        assert ast.get_docstring(ast.parse(source)), room


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
    service.edit("pyproject.toml", '  "structlog>=', '  "idna>=3",\n  "structlog>=')
    service.append(f"{SRC}/adapter/out/system.py", "\nimport certifi\n")
    output = says(service, "dependencies")
    assert "DEP002 'idna' defined as a dependency but not used" in output
    assert "'certifi' imported but" in output


def test_code_without_tests_fails_the_gates_whatever_the_folder_is_called(render: Render, workshop: Path) -> None:
    service = Project.start(render({}), workshop / "x [1]")
    service.sync()
    body = "".join(f"    if n == {n}:\n        return {n * n}\n" for n in range(200))
    service.append(f"{SRC}/domain/model/market.py", f"\n\ndef unproved(n: int) -> int:\n{body}    return n\n")
    service.uv_run("poe", "tests-all")
    assert "less than fail-under=90" in says(service, "coverage")
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
