"""A rendered service as its team has it: a git repository with an environment of its own."""

import os
import re
import shutil
import subprocess
import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from uv import find_uv_bin

from harness.variants import ROOT

UV = find_uv_bin()
HYPOTHESIS = ROOT / "build" / "hypothesis"
MYPY = ROOT / "build" / "mypy"

# What the environment of this test run would otherwise do to the service's own commands.
FOREIGN = (
    "VIRTUAL_ENV",
    "PYTHONPATH",
    "PYTHONDONTWRITEBYTECODE",
    "PYENV_DIR",
    "PYENV_VERSION",
    "DATABASE_URL",
    "ENVIRONMENT",
    "DJANGO_SETTINGS_MODULE",
    "COLUMNS",
)

# The steps of a service's checks: those before a commit, and all of them, with the tests of the machinery.
STATIC = ("merged", "lint", "format", "types", "architecture", "dependencies")
CHECK = (*STATIC, "tests", "core-coverage")
CHECK_ALL = (*STATIC, "tests-all", "coverage", "core-coverage")

type Environment = Mapping[str, str]

NOTHING_MORE: Environment = {}


def clean_environment(more: Environment = NOTHING_MORE) -> dict[str, str]:
    """Return this process's environment without what belongs to this process alone."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN and not name.startswith("PYTEST_")}
    # This run has a process for each core itself; Hypothesis need not find out anew what Unicode is in each service.
    ours = {"NO_COLOR": "1", "PYTEST_XDIST_AUTO_NUM_WORKERS": "1", "HYPOTHESIS_STORAGE_DIRECTORY": str(HYPOTHESIS)}
    return {**kept, **ours, **more}


def run(
    *command: str | Path,
    cwd: Path,
    check: bool = True,
    fails: bool = False,
    environment: Environment = NOTHING_MORE,
) -> str:
    """Run a command and return all that it printed, without colours.

    With ``check`` it has to succeed, or to fail where ``fails`` says so.
    """
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=clean_environment(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
        check=False,
    )
    line = " ".join(map(str, command))
    assert not check or (done.returncode != 0) == fails, f"{line} exited with {done.returncode}:\n{done.stdout}"
    return re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)


@dataclass(frozen=True)
class Project:
    """A rendered service in a folder of its own, to run and to change."""

    folder: Path

    @classmethod
    def start(cls, render: Path, folder: Path) -> "Project":
        shutil.copytree(render, folder, symlinks=True)
        for module in folder.rglob("*.py"):  # mypy takes a module of the same path, time and size for the same
            second = zlib.crc32(module.read_bytes())
            os.utime(module, (second, second))
        project = cls(folder)
        project.git("init", "--quiet", "--initial-branch=main")
        project.commit("Start")
        return project

    def sync(self, *options: str) -> None:
        run(UV, "sync", "--quiet", *options, cwd=self.folder)

    def uv_run(self, *command: str, fails: bool = False, environment: Environment = NOTHING_MORE) -> str:
        temporary = self.folder.with_suffix(".tmp")  # pytest removes old folders there, in each service its own
        temporary.mkdir(exist_ok=True)
        ours = {"MYPY_CACHE_DIR": str(self._mypy_cache), "PYTEST_DEBUG_TEMPROOT": str(temporary), **environment}
        return run(UV, "run", "--no-sync", *command, cwd=self.folder, fails=fails, environment=ours)

    @property
    def _mypy_cache(self) -> Path:
        """What mypy knows of the libraries, for all services with the same plugins, but for one test process alone."""
        plugins = tomllib.loads((self.folder / "pyproject.toml").read_text())["tool"]["mypy"]["plugins"]
        return MYPY / os.environ.get("PYTEST_XDIST_WORKER", "main") / "-".join(plugins)

    def script(self, name: str) -> Path:
        """Return an executable of the service's environment."""
        return self.folder / ".venv" / ("Scripts" if os.name == "nt" else "bin") / name

    def git(self, *arguments: str) -> str:
        identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
        return run("git", *identity, *arguments, cwd=self.folder)

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace ``old``, which must be in the file once."""
        file = self.folder / path
        text = file.read_text()
        assert text.count(old) == 1, f"{path} has {old!r} {text.count(old)} times"
        file.write_text(text.replace(old, new))

    def append(self, path: str, text: str) -> None:
        with (self.folder / path).open("a") as file:
            file.write(text)
