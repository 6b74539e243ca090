"""Where it all happens: a rendered service in its environment, the floor in its own, and a database."""

import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from copier import run_copy

from benchmarks.servers import Plan
from harness.rendering import export_template
from harness.running import UV, Project, run
from harness.serving import database_of
from harness.variants import Variant

APPS = Path(__file__).parent / "apps"
# The drivers and servers of the floor; the services know nothing of asyncpg.
FLOOR = ("asyncpg", "gunicorn", "httptools", "psycopg[binary]", "uvicorn", "uvloop")
# What the bare framework loads as well, to stand beside the service with the same libraries in memory.
LIBRARIES = {
    "fastapi": "import psycopg, pydantic_settings, sqlalchemy.orm, structlog",
    "django": "import psycopg_pool, pydantic_settings, structlog",
}
ROWS = 1_000
PRODUCTION_SCRIPTS = Path("production/bin")
PRODUCTION = {"ENVIRONMENT": "production", "SECRET_KEY": "benchmark" * 8, "ALLOWED_HOSTS": "127.0.0.1"}

UVICORN = ("uvicorn", "--no-access-log", "--port", "{port}")
GUNICORN = ("gunicorn", "--worker-class", "gthread", "--threads", "16", "--bind", "127.0.0.1:{port}")
MAIN_OF = {"uvicorn": "uvicorn.main import main", "gunicorn": "gunicorn.app.wsgiapp import run as main"}


@dataclass(frozen=True)
class Setup:
    """All that plans are made of; every plan runs in ``folder``, which holds the floor and the bare frameworks."""

    variant: Variant
    folder: Path
    environment: Mapping[str, str]

    @property
    def is_wsgi(self) -> bool:
        return (self.variant["framework"], self.variant["concurrency"]) == ("django", "sync")

    def script(self, name: str) -> Path:
        """Return a script of the service's environment in production, without what only its checks need."""
        return self.folder.parent / PRODUCTION_SCRIPTS / name

    def plan(self, name: str, *command: str | Path, **environment: str) -> Plan:
        return Plan(name, [str(word) for word in command], self.folder, {**self.environment, **environment})

    def floors(self) -> list[Plan]:
        """Return the floor that all ratios are over, and for WSGI its own as well."""
        scripts = self.folder / "floor/bin"
        asgi = self.plan("raw ASGI", scripts / UVICORN[0], *UVICORN[1:], "raw_asgi:app")
        wsgi = self.plan("raw WSGI", scripts / GUNICORN[0], *GUNICORN[1:], "raw_wsgi:app")
        return [asgi, wsgi] if self.is_wsgi else [asgi]

    @property
    def bare_module(self) -> str:
        return f"bare_{self.variant['framework']}_{self.variant['concurrency']}"

    @property
    def libraries(self) -> str:
        return LIBRARIES[self.variant["framework"]]

    def bare(self) -> Plan:
        """Return the framework without any layer, on the server and the libraries of the service."""
        module = self.bare_module
        server, *options = GUNICORN if self.is_wsgi else UVICORN
        start = f"{self.libraries}, sys; from {MAIN_OF[server]}; sys.exit(main())"
        python = self.script("python")
        return self.plan("bare framework", python, "-c", start, *options, f"{module}:app", BARE_URLS=module)

    def service(self, name: str = "service", **environment: str) -> Plan:
        return self.plan(name, self.script("my-service"), "serve", "--port", "{port}", **environment)


def prepared(variant: Variant, root: Path) -> Project:
    """Render the variant, and make the environments."""
    template = export_template(root / "template")
    run_copy(str(template), root / "render", data=variant.answers, defaults=True, quiet=True)
    project = Project.start(root / "render", root / "service")
    project.sync()  # with PostgreSQL
    production = {"UV_PROJECT_ENVIRONMENT": str(root / PRODUCTION_SCRIPTS.parent)}
    run(UV, "sync", "--quiet", "--no-dev", "--compile-bytecode", cwd=project.folder, environment=production)
    shutil.copytree(APPS, root / "apps")
    floor = root / "apps/floor"
    run(UV, "venv", "--quiet", "--python", f"{sys.version_info[0]}.{sys.version_info[1]}", floor, cwd=root)
    run(UV, "pip", "install", "--quiet", "--compile-bytecode", "--python", floor, *FLOOR, cwd=root)
    return project


@contextmanager
def set_up(variant: Variant, project: Project, root: Path) -> Iterator[Setup]:
    """Yield the setup with a database of its own, migrated and filled."""
    with database_of(project) as address:
        environment = {**PRODUCTION, **address}
        project.uv_run("my-service", "migrate", environment=environment)
        run(project.script("python"), "fill.py", str(ROWS), cwd=root / "apps", environment=environment)
        yield Setup(variant, root / "apps", environment)
