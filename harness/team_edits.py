"""What teams do to a service in the years after it was rendered."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.running import UV, Project, run

# Neither Copier's record nor what tools write is edited by hand.
UNEDITED = (".copier-answers.yml", "uv.lock")


@dataclass(frozen=True)
class Edits:
    """Every line that a team has added, and every file that it has deleted."""

    added: Mapping[str, list[str]]
    deleted: list[str]

    @classmethod
    def of(cls, project: Project, since: str) -> "Edits":
        added: dict[str, list[str]] = {}
        for path in _changed(project, since, "AM"):
            diff = project.git("diff", "--unified=0", "--no-renames", since, "HEAD", "--", path).splitlines()
            added[path] = [line[1:] for line in diff if line.startswith("+") and not line.startswith("+++")]
        return cls(added, _changed(project, since, "D"))

    def lost(self, project: Project) -> list[str]:
        """Return what an update has taken away, or brought back."""
        texts = {path: _text(project.folder / path).splitlines() for path in self.added}
        gone = [f"{path}: {line}" for path, lines in self.added.items() for line in lines if line not in texts[path]]
        return gone + [path for path in self.deleted if (project.folder / path).exists()]

    @property
    def count(self) -> int:
        return sum(map(len, self.added.values())) + len(self.deleted)


def _changed(project: Project, since: str, kinds: str) -> list[str]:
    found = project.git("diff", "--name-only", "--no-renames", f"--diff-filter={kinds}", since, "HEAD").splitlines()
    return [path for path in found if path not in UNEDITED]


def _text(file: Path) -> str:
    return file.read_text() if file.exists() else ""


def everyday(project: Project) -> None:
    """A setting, a dependency, a step of CI, a paragraph of the README."""
    project.edit(
        "src/my_service/config/settings.py",
        "    max_body_bytes: Annotated",
        '    greeting: Annotated[str, Field(description="what to say first")] = "Hello"\n    max_body_bytes: Annotated',
    )
    project.edit(
        ".env.example",
        "# The largest request body",
        "# What to say first\nGREETING=Hello\n\n# The largest request body",
    )
    project.edit("pyproject.toml", '  "deptry>=', '  "idna>=3", # ours\n  "deptry>=')
    project.edit("README.md", "## Check\n", "## Who we are\nThe team on the third floor.\n\n## Check\n")
    if (ci := project.folder / ".github/workflows/ci.yml").exists():
        ci.write_text(ci.read_text() + "# Ours: ask the third floor before you change this.\n")


def rename_and_extend(project: Project) -> None:
    """The sample becomes the team's own: another name everywhere, and a rule more."""
    for path in _tracked(project):
        file = project.folder / path
        text = _renamed(file.read_text(), "shop")
        file.unlink()
        target = project.folder / path.replace("market", "shop")
        target.write_text(text)
    project.append(
        "src/my_service/domain/model/shop.py",
        "\n\ndef is_open(shop: Shop) -> bool:\n    return shop.status is ShopStatus.ACTIVE\n",
    )
    project.append(
        "tests/unit/test_shop.py",
        "\n\ndef test_a_draft_is_not_open() -> None:\n    assert not is_open(a_draft())\n",
    )
    project.edit("tests/unit/test_shop.py", "    create,\n", "    create,\n    is_open,\n")
    tidy(project)


def add_aggregate(project: Project) -> None:
    """A second one beside the sample, and a use case more, by the commands of the service."""
    for command in (["aggregate", "Stall"], ["use-case", "stall", "close"]):
        project.commit("Work")
        run(sys.executable, "tools/scaffold.py", *command, cwd=project.folder)


def _renamed(text: str, name: str) -> str:
    return text.replace("market", name).replace("Market", name.capitalize())


def _tracked(project: Project) -> list[str]:
    return [path for path in project.git("ls-files").splitlines() if path not in UNEDITED]


def tidy(project: Project) -> None:
    """What ``poe problems`` and ``poe fix`` do, without an environment."""
    run(sys.executable, "tools/problems.py", cwd=project.folder, environment={"PYTHONPATH": "src"})
    for command in (["check", "--fix"], ["format"]):
        run(UV, "run", "--no-sync", "--project", Path.cwd(), "ruff", *command, "--quiet", ".", cwd=project.folder)
