"""The changelog, which says what each version changes for a service."""

import re
from collections.abc import Sequence
from datetime import date
from fnmatch import fnmatchcase

UNRELEASED = re.compile(r"^## Unreleased\n(?P<entries>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([^`]+)`")


def unreleased(text: str) -> str:
    """Return what is under ``## Unreleased``, or nothing."""
    section = UNRELEASED.search(text)
    return section["entries"].strip() if section else ""


def unnamed(section: str, paths: Sequence[str]) -> Sequence[str]:
    """Return the paths that the section does not name.

    It names a path as `docs/problems.md`, as a pattern (`tests/unit/*`), or by a folder above it (`tests/unit/`).
    """
    names = NAMED.findall(section)
    return [path for path in paths if not any(_covers(name, path) for name in names)]


def _covers(name: str, path: str) -> bool:
    return fnmatchcase(path, name) or (name.endswith("/") and path.startswith(name))


def release(text: str, version: str, day: date) -> str:
    """Turn what is unreleased into the section of a version, below a new and empty one."""
    return UNRELEASED.sub(lambda found: f"## Unreleased\n\n## {version} - {day}\n{found['entries']}", text, count=1)
