"""Lists what an update from the template, or any other merge, has left to do: ``uv run poe merged``."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1]
ANSWERS = FOLDER / ".copier-answers.yml"
MARKER = "^(<<<<<<<|>>>>>>>) "


def main() -> None:
    print(f"This service follows version {template_version()} of its template.")
    for path in deleted():
        print(f"{path}: deleted; `git show {shlex.quote(f'HEAD:./{path}')}` prints the last version")
    if found := sorted({*unmerged(), *marked(), *rejected()}):
        sys.exit("\n".join(["A merge left these conflicts; edit each file, then run `git add --all .`:", *found]))


def template_version() -> str:
    recorded = re.search(r"^_commit: (.+)$", ANSWERS.read_text(encoding="utf-8"), re.MULTILINE)
    return recorded[1] if recorded else "unknown"


def deleted() -> list[str]:
    """Return the files of the last commit that are gone, as after a switch to another framework."""
    return git("diff", "--name-only", "--relative", "--diff-filter=D", "HEAD")


def unmerged() -> list[str]:
    return [f"{path}: in conflict" for path in git("diff", "--name-only", "--relative", "--diff-filter=U")]


def marked() -> list[str]:
    """Return the places of conflict markers."""
    found = git("grep", "-I", "--untracked", "--line-number", "--extended-regexp", MARKER)
    return [":".join(line.split(":", 2)[:2]) + ": a conflict marker" for line in found]


def rejected() -> list[str]:
    """Return the files with changes that could not be applied; also those that git ignores."""
    found = git("ls-files", "--cached", "--others", "--exclude=.venv", "--", "*.rej", "*.orig")
    return [f"{path}: changes that were not applied" for path in found]


def git(*arguments: str) -> list[str]:
    """Return the lines that git prints; outside of a repository there are none."""
    command = ["git", "-c", "core.quotePath=false", *arguments]
    return subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False).stdout.splitlines()


if __name__ == "__main__":
    main()
