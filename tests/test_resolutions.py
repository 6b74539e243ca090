"""The lower bounds are true: with the oldest of every dependency that they allow, all checks pass.

All other tests run with the newest. Between them these four services have every dependency; each framework is checked
once on the oldest Python that a service may choose, and once on the one that is proposed.
"""

from pathlib import Path

import pytest

from harness.rendering import Render
from harness.report import record
from harness.running import CHECK, CHECK_ALL, Project
from harness.variants import Answers

OLDEST = {"UV_RESOLUTION": "lowest-direct", "MYPY_CACHE_DIR": ".mypy_cache"}  # that of the newest mypy is no use here
SERVICES: list[Answers] = [
    {
        "framework": "fastapi",
        "concurrency": "async",
        "database": "sqlite",
        "telemetry": "otlp",
        "python_version": "3.12",
    },
    {"framework": "fastapi", "concurrency": "sync", "database": "postgresql", "python_version": "3.13"},
    {
        "framework": "django",
        "concurrency": "sync",
        "database": "postgresql",
        "telemetry": "otlp",
        "python_version": "3.12",
    },
    {"framework": "django", "concurrency": "async", "database": "sqlite", "python_version": "3.13"},
]


def name(answers: Answers) -> str:
    return "-".join(("oldest", *answers.values()))


@pytest.fixture(scope="module")
def service(request: pytest.FixtureRequest, render: Render, workshop: Path) -> Project:
    """A service with the oldest dependencies; pytest asks for it anew in each case."""
    folder = workshop / name(request.param)
    if folder.exists():
        return Project(folder)
    project = Project.start(render(request.param), folder)
    project.sync("--resolution", OLDEST["UV_RESOLUTION"])
    assert request.param["python_version"] in project.uv_run("python", "--version", environment=OLDEST)
    return project


# All checks on the oldest Python, where both frameworks have tracing, too; else those before a commit.
CASES = [
    pytest.param(answers, check, id=f"{name(answers)}-{check}")
    for answers in SERVICES
    for check in (CHECK_ALL if "telemetry" in answers else CHECK)
]


@pytest.mark.parametrize(("service", "check"), CASES, indirect=["service"])
def test_check(check: str, service: Project, request: pytest.FixtureRequest) -> None:
    record(request, name(request.node.callspec.params["service"]), check)
    service.uv_run("poe", check, environment=OLDEST)
    assert 'resolution-mode = "lowest-direct"' in (service.folder / "uv.lock").read_text()
