"""Reads the documents of a service: the paths, commands and changes in them."""

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
    """Return every line of the code blocks without a language, without its comment."""
    return [without_comment(line) for block in blocks(text) for line in block.splitlines()]


def without_comment(line: str) -> str:
    return re.sub(r"  +#.*", "", line)


def execute(service: Project, command: str, environment: Environment) -> None:
    if command == f"uv run {console_script(service)} serve":
        with served(service, service.folder / "build" / "served.log", environment):
            return
    program, *arguments = shlex.split(command)
    assert program == "uv"
    run(UV, *arguments, cwd=service.folder, environment=environment)


@dataclass(frozen=True)
class Change:
    """A file in a document: new, or with removed and added lines."""

    path: str
    is_new: bool
    text: str

    def make(self, service: Project) -> None:
        package = package_in(service.folder).relative_to(service.folder).as_posix()
        at_root = self.path.startswith((".", "tests/", "docs/")) or self.path == "pyproject.toml"
        path = self.path if at_root else f"{package}/{self.path}"
        if self.is_new:
            assert not (service.folder / path).exists(), path
            (service.folder / path).parent.mkdir(exist_ok=True)
            (service.folder / path).write_text(self.text)
            return
        for hunk in re.split(r"^@@\n", self.text, flags=re.MULTILINE):
            before, after = self._side("-", hunk), self._side("+", hunk)
            service.edit(path, before, after) if before else service.append(path, after)

    @staticmethod
    def _side(sign: str, hunk: str) -> str:
        """Return the text before ("-") or after ("+") the change, without the signs."""
        return "".join(line[1:] or "\n" for line in hunk.splitlines(keepends=True) if line[0] in f" \n{sign}")


def steps(text: str) -> Iterator[Change | str]:
    """Yield every change that the document shows, and every command, in its order."""
    block = r"^(?:\*\*`(\S+)`\*\*(, new)?\n)?```(\w*)\n(.*?)^```$"
    for path, new, language, shown in re.findall(block, text, re.MULTILINE | re.DOTALL):
        if path:
            yield Change(path, bool(new), shown)
        elif not language:
            yield from shown.splitlines()


def response_to(client: httpx2.Client, line: str) -> httpx2.Response:
    """Send the request that this curl command would send."""
    words = shlex.split(without_comment(line))
    values = {flag: [words[i + 1] for i, word in enumerate(words) if word == flag] for flag in ("-X", "-H", "-d", "-F")}
    (url,) = (word for word in words if word.startswith("http://"))
    forms = [form.partition(";")[0].split("=", 1) for form in values["-F"]]
    return client.request(
        values["-X"][0] if values["-X"] else "GET",
        url.removeprefix("http://127.0.0.1:8000"),
        content=values["-d"][0] if values["-d"] else None,
        files={name: (name, text) for name, text in forms} or None,
        headers=dict(header.split(": ", 1) for header in values["-H"]),
    )
