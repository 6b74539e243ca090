"""Finds what an update from the template, or any other merge, has left open: ``uv run poe merged``."""

import re
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1]
ANSWERS = FOLDER / ".copier-answers.yml"
MARKER = "^(<<<<<<<|>>>>>>>) "


def main() -> None:
    print(f"This service follows version {template_version()} of its template.")
    for path in deleted():
        print(f"{path}: deleted, and what was edited there with it; `git show HEAD:{path}` still has it")
    if found := sorted({*unmerged(), *marked(), *rejected()}):
        sys.exit("\n".join(["Left open by a merge; settle each, then add it to git:", *found]))


def template_version() -> str:
    recorded = re.search(r"^_commit: (.+)$", ANSWERS.read_text(encoding="utf-8"), re.MULTILINE)
    return recorded[1] if recorded else "unknown"


def deleted() -> list[str]:
    """Return what the last commit has and the folder has not, as after a switch to another framework."""
    return git("diff", "--name-only", "--relative", "--diff-filter=D", "HEAD")


def unmerged() -> list[str]:
    return [f"{path}: in conflict" for path in git("diff", "--name-only", "--relative", "--diff-filter=U")]


def marked() -> list[str]:
    """Return where a marker of a conflict stands."""
    found = git("grep", "-I", "--untracked", "--line-number", "--extended-regexp", MARKER)
    return [":".join(line.split(":", 2)[:2]) + ": a conflict marker" for line in found]


def rejected() -> list[str]:
    """Return what could not be applied; files that git ignores count as well."""
    found = git("ls-files", "--cached", "--others", "--exclude=.venv", "--", "*.rej", "*.orig")
    return [f"{path}: changes that were not applied" for path in found]


def git(*arguments: str) -> list[str]:
    """Return the lines that git prints: none outside of a repository, where nothing has been merged."""
    done = subprocess.run(["git", *arguments], cwd=FOLDER, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


if __name__ == "__main__":
    main()
