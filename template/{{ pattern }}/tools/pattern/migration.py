"""The migration of an aggregate, after the last one of the service."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from errors import Rejected

APP = "persistence"


def numbered(text: str, name: str, folder: Path) -> tuple[str, str]:
    """Return the pattern's first migration, and its name, as the next one of the service."""
    files = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("[!_]*.py"))}
    head = head_of(files)
    number = f"{max([0, *(int(found[0]) for stem in files if (found := re.match(r'\d+', stem)))]) + 1:04}"
    text = re.sub(r'^revision = ".*"$', f'revision = "{number}"', text, flags=re.MULTILINE)
    if head:
        text = re.sub(r"^down_revision = None$", f'down_revision = "{head}"', text, flags=re.MULTILINE)
        text = re.sub(r"^    initial = True\n\n", "", text, flags=re.MULTILINE)
        text = text.replace("    dependencies = []", f'    dependencies = [("{APP}", "{head}")]')
    return text, re.sub(r"^\d+", number, name)


def head_of(files: dict[str, str]) -> str | None:
    """Return the migration that no other one follows."""
    found: dict[str, set[str]] = {}
    for stem, text in files.items():
        revision, previous = _links(stem, text)
        found[revision] = previous
    heads = sorted(found.keys() - {name for previous in found.values() for name in previous})
    if len(heads) > 1:
        raise Rejected(f"The migrations have several heads, {' and '.join(heads)}: merge them first.")
    return heads[0] if heads else None


def _links(stem: str, text: str) -> tuple[str, set[str]]:
    """Return the name of a migration, and the names of those before it."""
    assigned = dict(pair for node in ast.walk(_parsed(stem, text)) for pair in _assigned(node))
    if "revision" in assigned:
        return assigned["revision"][0], set(assigned.get("down_revision", []))
    return stem, set(assigned.get("dependencies", []))


def _parsed(stem: str, text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise Rejected(f"migrations/{stem}.py does not parse, in line {error.lineno}: correct it first.") from None


def _assigned(node: ast.AST) -> Iterator[tuple[str, list[str]]]:
    match node:
        case (
            ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.AnnAssign(target=ast.Name(id=name), value=value)
        ):
            if name in {"revision", "down_revision"} and value:
                yield (
                    name,
                    [str(part.value) for part in ast.walk(value) if isinstance(part, ast.Constant) and part.value],
                )
            if name == "dependencies" and isinstance(value, ast.List):
                pairs = [[getattr(part, "value", "") for part in getattr(pair, "elts", [])] for pair in value.elts]
                yield name, [pair[1] for pair in pairs if pair[:1] == [APP]]
