"""Reads the documents of a service: the paths, commands and changes in them."""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2

from harness.running import UV, Environment, Project, run
from harness.serving import console_script, served


def package_in(folder: Path) -> Path:
    """Return the folder of the service's one package."""
    (package,) = (folder / "src").iterdir()
    return package


def blocks(text: str, language: str = "") -> list[str]:
    """Return the content of the code blocks in this language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def documents(root: Path) -> list[str]:
    """Return the path of every document of a service, or of the template."""
    found = [*root.glob("*.md"), *root.glob("docs/**/*.md")]
    return sorted(path.relative_to(root).as_posix() for path in found)


def named_paths(text: str) -> set[str]:
    """Return every `path/in/backticks`, and every `file.py`; the paths of URLs begin with a slash and are left out."""
    return set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md|toml))`", text))


def missing_paths(document: str, folder: Path) -> list[str]:
    """Return the paths in the document that the service does not have; a document may leave out the folder of a file.

    Files that the document itself adds are not missing.
    """
    text = (folder / document).read_text()
    roots = (folder, (folder / document).parent, package_in(folder))
    known = {f"{path.name}/" if path.is_dir() else path.name for path in package_in(folder).rglob("*")}
    added = set(re.findall(r"^\*\*`(\S+)`\*\*, new$", text, re.MULTILINE))
    return [
        path for path in sorted(named_paths(text) - known - added) if not any((root / path).exists() for root in roots)
    ]


def broken_links(document: str, folder: Path) -> list[str]:
    """Return the targets of links that are neither files nor on the web."""
    targets = re.findall(r"\]\(([^)#\s]+)", (folder / document).read_text())
    return [t for t in targets if "://" not in t and not ((folder / document).parent / t).exists()]


def drawn_modules(text: str) -> set[str]:
    """Return every dotted.name in a drawing."""
    (drawing,) = blocks(text, "mermaid")
    return set(re.findall(r"\b[a-z]\w*(?:\.\w+)+", drawing))


def commands(text: str) -> list[str]:
    """Return every line of the code blocks that are in no language, without its comment."""
    return [line for block in blocks(text) for line in (re.sub(r"  +#.*", "", row) for row in block.splitlines())]


def execute(service: Project, command: str, environment: Environment) -> None:
    if command == f"uv run {console_script(service)} serve":
        with served(service, service.folder / "build" / "served.log", environment):
            return
    program, *arguments = shlex.split(command)
    assert program == "uv"
    run(UV, *arguments, cwd=service.folder, environment=environment)


@dataclass(frozen=True)
class Change:
    """A file as a document shows it: new, or with lines that come and go."""

    path: str
    is_new: bool
    text: str

    def make(self, service: Project) -> None:
        package = package_in(service.folder).relative_to(service.folder).as_posix()
        path = self.path if self.path.startswith(("tests/", "docs/")) else f"{package}/{self.path}"
        if self.is_new:
            assert not (service.folder / path).exists(), path
            (service.folder / path).write_text(self.text)
            return
        for hunk in re.split(r"^@@\n", self.text, flags=re.MULTILINE):
            before, after = self._side("-", hunk), self._side("+", hunk)
            service.edit(path, before, after) if before else service.append(path, after)

    @staticmethod
    def _side(sign: str, hunk: str) -> str:
        """Return what stands there before ("-") or after ("+"), without the signs."""
        return "".join(line[1:] or "\n" for line in hunk.splitlines(keepends=True) if line[0] in f" \n{sign}")


def steps(text: str) -> Iterator[Change | str]:
    """Yield every change that the document shows, and every command, in its order."""
    block = r"^(?:\*\*`(\S+)`\*\*(, new)?\n)?```(\w*)\n(.*?)^```$"
    for path, new, language, shown in re.findall(block, text, re.MULTILINE | re.DOTALL):
        if path:
            yield Change(path, bool(new), shown)
        elif not language:
            yield from shown.splitlines()


def call(client: httpx2.Client, line: str) -> httpx2.Response:
    """Do what curl would."""
    words = shlex.split(line)
    (url,) = (word for word in words if word.startswith("http://"))
    path = url.removeprefix("http://127.0.0.1:8000")
    return client.request(words[words.index("-X") + 1], path, json=json.loads(words[words.index("-d") + 1]))
