"""An option with tables is dropped as docs/updates.md says: migrations of the team stay good, and the tables go."""

import re
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from harness.documents import commands
from harness.releases import Releases, copy, update
from harness.running import run
from harness.serving import console_script

# What writes a migration of the team's own, and what is wrong with it while the one before it is gone.
OF_THE_TEAM = {
    "fastapi": (("alembic", "revision", "-m", "note"), "which does not exist: set its down_revision"),
    "django": (
        ("python", "manage.py", "makemigrations", "--empty", "persistence", "-n", "note"),
        "nonexistent parent node ('persistence', '0002_create_announcement'): set its dependencies",
    ),
}


@pytest.mark.parametrize("framework", OF_THE_TEAM)
def test_a_service_drops_its_worker_and_keeps_its_own_migrations(
    framework: str, releases: Releases, tmp_path: Path
) -> None:
    project = copy(releases, tmp_path / "service", {"framework": framework, "worker": "database"})
    environment = {"DATABASE_URL": f"sqlite:///{tmp_path / 'own.sqlite3'}"}
    project.sync()
    command, complaint = OF_THE_TEAM[framework]
    project.uv_run(*command)
    migrate = console_script(project), "migrate"
    project.uv_run(*migrate, environment=environment)
    project.commit("Add a migration")
    section = (project.folder / "docs/updates.md").read_text().partition("## Drop an option\n")[2].partition("\n## ")[0]
    drop, restore = commands(section)
    assert drop == "uvx copier update --defaults --data worker=none"
    for before in re.findall(r"`uv run (python manage.py migrate [^`]+)`", section):
        project.uv_run(*shlex.split(before), environment=environment)
    update(project, {"worker": "none"})

    assert complaint in project.uv_run(*migrate, fails=True, environment=environment)
    run(*shlex.split(restore), cwd=project.folder)
    (write,) = re.findall(r"`uv run ((?:alembic|python manage.py makemigrations)[^`]*)`", section)
    project.uv_run(*migrate, environment=environment)
    project.uv_run(*shlex.split(write), environment=environment)
    project.uv_run(*migrate, environment=environment)
    assert tables(tmp_path / "own.sqlite3") & {"market", "announcement", "outbox"} == {"market"}
    project.uv_run("pytest", "-q", "tests/integration/test_migrations.py")


def tables(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
