"""Renders of the template, each made once in a run."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from unittest.mock import patch

from jinja2 import Environment
from pytest_copie.plugin import Copie

from harness.variants import ROOT, TEMPLATE_TESTS, Answers, questions

SOURCES = ("copier.yml", "includes", "template")

type Render = Callable[[Answers], Path]

# What Jinja has compiled: for each render, Copier has it compile every file and every part of every path anew.
COMPILED: dict[Any, Any] = {}
_compile_anew = Environment.compile


def template_files(root: Path = ROOT) -> list[Path]:
    """Return every file that makes up the template."""
    found = [path for source in SOURCES for path in (root / source, *(root / source).rglob("*"))]
    return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)


def export_template(destination: Path, root: Path = ROOT) -> Path:
    """Copy the template as it is in the working tree, without its git history."""
    for path in template_files(root):
        target = destination / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    return destination


def render(copie: Copie, template: Path, cache: Path, answers: Answers) -> Path:
    """Return a folder with the render of these answers, to read and not to change.

    What pytest-copie lets pass is an error here: an answer to no question, and an exception of Copier.
    """
    unknown = answers.keys() - questions().keys() - TEMPLATE_TESTS.keys()
    assert not unknown, f"copier.yml does not ask for {unknown}"
    folder = cache / _key(answers)
    if not folder.exists():
        with sparingly():
            result = copie.copy(extra_answers=dict(answers), template_dir=template)
        if result.exception:
            raise result.exception
        assert result.project_dir is not None
        _keep(result.project_dir, folder)
    return folder


@contextmanager
def sparingly() -> Iterator[None]:
    """Spare renders what they do over and over.

    Jinja compiles nothing twice; and Copier does not ask git, for each file that it writes, how a folder that is no
    repository keeps its modes.
    """
    without_git = patch("copier._main.is_git_available", return_value=False)
    with patch.object(Environment, "compile", _compile_once), without_git:
        yield


def _compile_once(environment: Environment, *source: Any) -> Any:
    if source not in COMPILED:
        COMPILED[source] = _compile_anew(environment, *source)
    return COMPILED[source]


def _key(answers: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(dict(answers), sort_keys=True).encode()).hexdigest()[:16]


def _keep(project: Path, folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(mkdtemp(dir=folder.parent)) / "project"
    shutil.copytree(project, staging, symlinks=True)
    try:
        staging.rename(folder)
    except OSError:  # another worker was first, with the same bytes
        shutil.rmtree(staging.parent)
    else:
        staging.parent.rmdir()


def rendered_files(folder: Path) -> dict[str, bytes]:
    """Return the content of every rendered file by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
