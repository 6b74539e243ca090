"""The template as users get it: a git repository with version tags."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from harness.rendering import export_template
from harness.running import NOTHING_MORE, Environment, Project, run

IDENTITY = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")


class Releases:
    """A repository of the template, with a tag for each release that a test makes of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = export_template(folder)
        self._git("init", "--quiet", "--initial-branch=main")
        self.release("1.0.0")

    def release(self, version: str) -> None:
        """Commit what the folder holds now, and tag it."""
        self._git("add", "--all", "--force")
        self._git("commit", "--quiet", "--allow-empty", "--message", f"Release {version}")
        self._git("tag", version)

    def write(self, path: str, text: str) -> None:
        """Put a file of the next release in its place; ``path`` is below ``template/``."""
        file = self.folder / "template" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def change(self, path: str, old: str, new: str) -> None:
        file = self.folder / path
        text = file.read_text()
        assert text.count(old) == 1, f"{path} has {old!r} {text.count(old)} times"
        file.write_text(text.replace(old, new))

    def remove(self, path: str) -> None:
        (self.folder / "template" / path).unlink()

    def _git(self, *arguments: str) -> None:
        run("git", *IDENTITY, *arguments, cwd=self.folder)


def copier(*arguments: str | Path, cwd: Path, environment: Environment = NOTHING_MORE) -> str:
    """Run the real command line of Copier, which is on the path of this test run."""
    executable = shutil.which("copier")
    assert executable
    return run(executable, *arguments, cwd=cwd, environment=environment)


def data(answers: Mapping[str, object]) -> list[str]:
    return [word for name, value in answers.items() for word in ("--data", f"{name}={value}")]


def copy(
    releases: Releases,
    folder: Path,
    answers: Mapping[str, object],
    environment: Environment = NOTHING_MORE,
    version: str = "",
) -> Project:
    """Start a service from this release, or from the newest, and commit it."""
    copier(
        "copy",
        "--quiet",
        "--defaults",
        *(["--vcs-ref", version] if version else []),
        *data(answers),
        releases.folder,
        folder,
        cwd=folder.parent,
        environment=environment,
    )
    project = Project(folder)
    project.git("init", "--quiet", "--initial-branch=main")
    project.commit("Start")
    return project


def update(project: Project, answers: Mapping[str, object] | None = None, *options: str) -> str:
    return copier("update", "--defaults", *data(answers or {}), *options, cwd=project.folder)


def merged(project: Project, *, check: bool = True, fails: bool = False) -> str:
    """Ask the service's own check what is left open."""
    return run("python", "tools/merged.py", cwd=project.folder, check=check, fails=fails)
