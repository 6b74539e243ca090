"""Renders and running services for all tests."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pytest_copie.plugin import Copie

from harness.releases import Releases
from harness.rendering import Render, export_template, render
from harness.running import Project
from harness.variants import Answers

pytest_plugins = ["harness.report", "harness.sharding"]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template as it is in the working tree."""
    return export_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """The template as it is in the working tree, released as 1.0.0; a test that releases more has its own."""
    return Releases(tmp_path_factory.mktemp("releases"))


@pytest.fixture(scope="session", name="render")
def _render(copie_session: Copie, template: Path, tmp_path_factory: pytest.TempPathFactory) -> Render:
    """Answers to a folder with their render, to be read only; all workers share them."""
    own = tmp_path_factory.getbasetemp()
    cache = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "renders"
    return lambda answers: render(copie_session, template, cache, answers)


@pytest.fixture(scope="session")
def workshop() -> Iterator[Path]:
    """A folder for services, apart from pytest's own: that becomes private anew whenever a service runs its tests,
    and then PostgreSQL, which does not run as root, no longer reaches its files."""
    with TemporaryDirectory(prefix="copier-hexagonal-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def project(render: Render, workshop: Path) -> Callable[[Answers], Project]:
    """Answers to a service with its environment, to be run and not changed; made once in each worker."""
    made: dict[Path, Project] = {}

    def get(answers: Answers) -> Project:
        source = render(answers)
        if source not in made:
            made[source] = Project.start(source, workshop / f"service-{len(made)}")
            made[source].sync()
            made[source].commit("Lock")
        return made[source]

    return get


@pytest.fixture
def own_project(render: Render, workshop: Path) -> Iterator[Callable[[Answers], Project]]:
    """Answers to a service of this test alone, to be changed at will."""
    with TemporaryDirectory(dir=workshop, ignore_cleanup_errors=True) as folder:
        yield lambda answers: Project.start(render(answers), Path(folder) / "service")
