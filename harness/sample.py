"""Removing the sample, as the README of a service says."""

import re

from harness.running import Project, run


def commands(project: Project) -> list[str]:
    """Return the commands in the README's section about it."""
    text = (project.folder / "README.md").read_text()
    found = re.search(r"^## Remove the sample$.*?^```$\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert found
    return found[1].splitlines()


def remove_sample(project: Project) -> None:
    """Run those commands, except the checks."""
    *removal, checks = commands(project)
    assert checks == "uv run poe fix && uv run poe problems && uv run poe check"
    for command in removal:
        run("sh", "-c", command, cwd=project.folder)
    project.uv_run("poe", "fix")
    project.uv_run("poe", "problems")
