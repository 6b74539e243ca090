"""The image: every step of its Dockerfile executed, and what comes of them started as the image says."""

import re
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx2
import pytest
import yaml

from harness.images import Image, build
from harness.running import Environment, Project
from harness.serving import database_of, free_port, package_of, wait_until_live
from harness.variants import Answers, structures

VARIANTS = [pytest.param(variant.answers, id=str(variant)) for variant in structures() if variant["docker"]]
ADMIN = pytest.param({"framework": "django", "database": "sqlite", "docker": True, "admin": True}, id="admin")
STATE = "/var/lib/service"


@pytest.fixture(scope="module", params=[*VARIANTS, ADMIN])
def service(request: pytest.FixtureRequest, project: Callable[[Answers], Project]) -> Project:
    answers: Answers = request.param
    return project(answers)


@pytest.fixture(scope="module")
def image(service: Project, tmp_path_factory: pytest.TempPathFactory) -> Image:
    return build(service.folder, tmp_path_factory.mktemp("image"))


@pytest.fixture
def environment(service: Project, image: Image) -> Iterator[Environment]:
    """The variables that ``compose.yaml`` sets, with a database that is here."""
    compose = yaml.safe_load((service.folder / "compose.yaml").read_text())
    variables: dict[str, str] = compose["services"]["service"]["environment"]
    variables["DATABASE_URL"] = variables["DATABASE_URL"].replace(STATE, str(image.path(STATE)))
    with database_of(service) as database:
        yield {**variables, **database}


def test_it_holds_the_compiled_service_and_no_tools(service: Project, image: Image) -> None:
    static = {"static"} if (service.folder / "docs/admin.md").exists() else set()
    assert {path.name for path in image.path("/srv").iterdir()} == {".venv", *static}
    installed = image.path("/srv/.venv")
    assert not [path for name in ("uv", "pip", "gcc", "pytest", "mypy") for path in installed.rglob(name)]
    (package,) = installed.glob(f"lib/python*/site-packages/{package_of(service)}")
    for module in package.rglob("*.py"):
        assert list((module.parent / "__pycache__").glob(f"{module.stem}.*.pyc")), f"{module} is not compiled"


def test_it_is_in_production_and_says_what_it_needs_for_that(image: Image) -> None:
    code, output = image.run(*image.entrypoint, *image.command)
    assert code == 1
    assert "DATABASE_URL must be the address of the database" in output
    assert output.count("\n") == 1


def test_it_migrates_and_serves_until_sigterm_and_writes_nowhere_else(image: Image, environment: Environment) -> None:
    before = files(image)
    code, output = image.run(*image.entrypoint, "migrate", environment=environment)
    assert code == 0, output
    port = free_port()
    healthcheck = [word.replace("8000", str(port)) for word in image.healthcheck]
    process = image.start(*image.entrypoint, *image.command, "--port", str(port), environment=environment)
    with process, httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
        try:
            wait_until_live(client, process)
            assert client.get("/health/ready").status_code == 200
            assert client.get("/markets", headers={"Host": "localhost"}).json()["items"] == []
            if image.path("/srv/static").exists():
                assert_the_admin_has_its_files(client)
            assert image.run(*healthcheck) == (0, "")
        finally:
            process.terminate()
        assert process.wait(timeout=15) in (0, -signal.SIGTERM)
    assert image.run(*healthcheck)[0] == 1
    assert files(image) == before


def assert_the_admin_has_its_files(client: httpx2.Client) -> None:
    page = client.get("/admin/login/", headers={"Host": "localhost"}).text
    paths = re.findall(r'href="(/static/admin/css/base\.[0-9a-f]+\.css)"', page)
    assert [client.get(path, headers={"Host": "localhost"}).status_code for path in paths] == [200]


def files(image: Image) -> Mapping[Path, int]:
    """Return when each file was written, but for those of the database."""
    state = image.path(STATE)
    found = [path for path in image.root.rglob("*") if path.is_file() and state not in path.parents]
    return {path: path.stat().st_mtime_ns for path in found}
