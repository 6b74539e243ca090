"""Takes the sample out of a service, as its README says."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from errors import Rejected

MARKED = re.compile(rb"^[^\n]*\[sample\][^\n]*\n.*?^[^\n]*\[/sample\][^\n]*\n?", re.MULTILINE | re.DOTALL)


def remove_sample(service: Path, package: str, pattern: Path, pattern_package: str) -> None:
    if not (service / "src" / package / "domain" / "model" / "market.py").exists():
        raise Rejected("The sample has been removed before: leave out --instead.")
    names = re.compile("|".join(names_in((pattern / "README.md").read_text("utf-8"))))
    _check_migrations(service, package, pattern, pattern_package, names)
    removed = set(_removed(service, package, names))
    for path in removed:
        path.unlink()
    for path in service.rglob("*"):
        if path.is_file() and not path.is_symlink() and b"[sample]" in (content := path.read_bytes()):
            path.write_bytes(MARKED.sub(b"", content))
    answers = service / ".copier-answers.yml"
    answers.write_text(re.sub(r"^sample: true$", "sample: false", answers.read_text("utf-8"), flags=re.M), "utf-8")
    _check_imports(service, {path.relative_to(service).as_posix() for path in removed})


def names_in(readme: str) -> list[str]:
    """Return what the names of its files have: the README removes them by it."""
    commands = "".join(re.findall(r"^git rm .*$", readme, re.MULTILINE))
    return sorted(set(re.findall(r"/\*(\w+)\*'", commands)))


def _removed(service: Path, package: str, names: re.Pattern[str]) -> Iterator[Path]:
    for root in (f"src/{package}", "tests", "deploy"):
        for path in (service / root).rglob("*"):
            if path.is_file() and names.search(path.relative_to(service / root).as_posix()):
                yield path


def _check_migrations(
    service: Path,
    package: str,
    pattern: Path,
    pattern_package: str,
    names: re.Pattern[str],
) -> None:
    """The aggregate's migration takes the number of the sample's, which a database may have run."""
    advice = "leave out --instead, and remove the sample later with a migration that drops its table."
    own = {path.name: path.read_text("utf-8") for path in _migrations(service, package)}
    ours = {path.name: path.read_text("utf-8") for path in _migrations(pattern, pattern_package)}
    for name, text in own.items():
        if name not in ours and names.search(name):
            continue
        if name not in ours:
            raise Rejected(f"migrations/{name} follows the migration of the sample: {advice}")
        if text != ours[name].replace(pattern_package, package):
            raise Rejected(f"migrations/{name} has been edited: {advice}")


def _migrations(folder: Path, package: str) -> list[Path]:
    return sorted((folder / "src" / package).glob("adapter/out/persistence/migrations/[!_]*.py"))


def _check_imports(service: Path, removed: set[str]) -> None:
    """Reject a module of the team that uses the sample; unused imports are removed later."""
    gone = {path.removeprefix("src/").removesuffix(".py").replace("/", ".") for path in removed}
    for root in ("src", "tests"):
        for path in sorted((service / root).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            for node in ast.walk(tree):
                if isinstance(node, ast.ImportFrom) and (found := _bound(node, gone) & used):
                    where = path.relative_to(service).as_posix()
                    raise Rejected(f"{where} needs {min(found)} of the sample: change it first.")


def _bound(node: ast.ImportFrom, modules: set[str]) -> set[str]:
    """Return the names that come from one of these modules."""
    return {
        alias.asname or alias.name
        for alias in node.names
        if node.module in modules or f"{node.module}.{alias.name}" in modules
    }
