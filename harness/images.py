"""A Dockerfile, executed step by step in a plain folder: its paths are below that folder, and no container is made.

What stays untested: the base images, another user than the one who tests, and a root file system that is read-only.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from harness.running import NOTHING_MORE, UV, Environment, clean_environment, run

SYSTEM = "/usr/bin:/bin"  # what the base images have, too
USER = "10001:10001"


@dataclass
class Image:
    """A stage; all stages are built at the same path in turn, for an environment holds the path that it was made at."""

    root: Path
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": SYSTEM})
    workdir: str = "/"
    entrypoint: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    healthcheck: tuple[str, ...] = ()

    def path(self, path: str) -> Path:
        """Return where a path of the image is."""
        return self.root / self.workdir.lstrip("/") / path if path[0] != "/" else self.root / path.lstrip("/")

    def here(self, text: str) -> str:
        """Return a text with the absolute paths and the user that stand for those of the image."""
        return re.sub(r"(?<![^\s:=])/(?=\w)", f"{self.root}/", text).replace(USER, f"{os.getuid()}:{os.getgid()}")

    def set(self, pairs: str) -> None:
        for name, value in (pair.split("=", 1) for pair in shlex.split(pairs)):
            self.environment[name] = self.here(value).replace("$PATH", self.environment["PATH"])

    def start(self, *command: str, environment: Environment = NOTHING_MORE) -> subprocess.Popen[str]:
        """Start a command in its working directory, with its variables and these, and no others."""
        executable = shutil.which(command[0], path=self.environment["PATH"])
        assert executable, f"{command[0]} is not in the image"
        return subprocess.Popen(
            [executable, *command[1:]],
            cwd=self.path("."),
            env={**self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *command: str, environment: Environment = NOTHING_MORE) -> tuple[int, str]:
        """Run a command to its end, and return its exit code and all that it printed."""
        process = self.start(*command, environment=environment)
        output, _ = process.communicate(timeout=60)
        return process.returncode, output


def build(context: Path, folder: Path) -> Image:
    """Execute the Dockerfile of the context, and return its last stage."""
    sent = _sent(context, folder / "context")
    stages: dict[str, Image] = {}
    image, name = Image(folder / "image"), ""
    for instruction, text in _instructions(context / "Dockerfile"):
        if instruction == "FROM":
            base, _, next_name = text.partition(" AS ")
            if name:
                image.root = image.root.rename(folder / name)
                stages[name] = image
            image, name = _based_on(base, folder / "image"), next_name
        else:
            _execute(image, instruction, text, sent, stages)
    for stage in stages.values():
        shutil.rmtree(stage.root)
    return image


def _sent(context: Path, destination: Path) -> Path:
    """Copy what ``.dockerignore`` lets through: nothing but what it names after an exclamation mark."""
    first, *others = [line for line in (context / ".dockerignore").read_text().splitlines() if line[:1] != "#"]
    assert first == "*"
    for name in (line.strip("!/") for line in others if line.startswith("!")):
        source, target = context / name, destination / name
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(source, target, shutil.ignore_patterns("__pycache__"))
    return destination


def _instructions(dockerfile: Path) -> list[tuple[str, str]]:
    text = re.sub(r"^#.*\n", "", dockerfile.read_text(), flags=re.MULTILINE).replace("\\\n", "")
    return [(line.partition(" ")[0], line.partition(" ")[2].strip()) for line in text.splitlines() if line]


def _based_on(base: str, root: Path) -> Image:
    """Return a stand-in for a base image: uv as it is here, or a Python of that version."""
    image = Image(root)
    (root / "var/lib").mkdir(parents=True)
    if base == f"ghcr.io/astral-sh/uv:{metadata.version('uv')}":
        shutil.copy2(UV, root / "uv")
        return image
    version = re.fullmatch(r"python:(3\.\d+)-slim-trixie", base)
    assert version, base
    python = run(UV, "python", "find", "--no-project", "--system", version[1], cwd=root).strip()
    image.environment["PATH"] = f"{root}/usr/local/bin:{Path(python).parent}:{SYSTEM}"
    return image


def _execute(image: Image, instruction: str, text: str, context: Path, stages: dict[str, Image]) -> None:
    match instruction:
        case "ENV":
            image.set(text)
        case "WORKDIR":
            image.workdir = text
            image.path(".").mkdir(parents=True, exist_ok=True)
        case "COPY":
            stage, words = re.fullmatch(r"(?:--from=(\w+) )?(.+)", text).groups()  # type: ignore[union-attr]
            *sources, target = words.split()
            for source in sources:
                _copy_into(image, stages[stage].root if stage else context, source, target)
        case "RUN":
            _run(image, text)
        case "ENTRYPOINT":
            image.entrypoint = tuple(json.loads(text))
        case "CMD":
            image.command = tuple(json.loads(text))
        case "HEALTHCHECK":
            image.healthcheck = tuple(json.loads(text.partition(" CMD ")[2]))
        case _:
            assert (instruction, text) in {("USER", USER), ("EXPOSE", "8000")}, f"{instruction} {text}: say how"


def _copy_into(image: Image, origin: Path, source: str, target: str) -> None:
    found = origin / source.lstrip("/")
    destination = image.path(target) / found.name if target.endswith("/") else image.path(target)
    destination.parent.mkdir(parents=True, exist_ok=True)
    _copy(found, destination)


def _copy(source: Path, target: Path, ignore: Any = None) -> None:
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True, ignore=ignore)
    else:
        shutil.copy2(source, target)


def _run(image: Image, command: str) -> None:
    """Run a step, uv with the cache of this machine: the index is not asked again for what others have downloaded."""
    environment = {name: value for name, value in clean_environment().items() if name != "PATH"}
    environment |= {name: value for name, value in image.environment.items() if name != "UV_NO_CACHE"}
    done = subprocess.run(
        image.here(command),
        shell=True,
        cwd=image.path("."),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
