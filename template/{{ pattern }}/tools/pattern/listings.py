"""Every list of things in a module: statements of a body, items of a dictionary, arguments of a call."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

type Place = tuple[str, ...]  # the names of what the list is in, and what kind of list it is

BODY = "body"
DEFINITION = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
IMPORT = (ast.Import, ast.ImportFrom)
MARK = re.compile(rb"\s*# \[/?sample\]\s*\Z")


@dataclass(frozen=True)
class Thing:
    """A member of a list. ``first`` and ``last`` are the bytes where it begins and ends."""

    name: str
    first: int
    last: int
    node: ast.AST


@dataclass(frozen=True)
class Listing:
    things: list[Thing]
    end: int  # the byte where another member would follow


class Module:
    def __init__(self, source: str) -> None:
        self.source = source.encode()
        self.tree = ast.parse(source)
        self._lines = self.source.splitlines(keepends=True)
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))
        self.listings: dict[Place, Listing] = {}
        self._add_body(self.tree.body, ())

    def text(self, thing: Thing) -> str:
        return self.source[thing.first : thing.last].decode()

    def imports(self, place: Place) -> list[Thing]:
        return [thing for thing in self.listings[place].things if isinstance(thing.node, IMPORT)]

    def _add_body(self, statements: list[ast.stmt], where: Place) -> None:
        things = [self._statement(statement) for statement in statements]
        self.listings[*where, BODY] = Listing(things, self._after_marks(things[-1].last) if things else 0)
        for statement in statements:
            if isinstance(statement, DEFINITION):
                self._add_body(statement.body, (*where, statement.name))
            elif not isinstance(statement, IMPORT):
                self._add_items(statement, where)

    def _add_items(self, statement: ast.stmt, where: Place) -> None:
        for node in ast.walk(statement):
            if found := _items(node):
                kind, members = found
                things = [
                    Thing(name, self._byte(first), self._byte(last, end=True), last) for name, first, last in members
                ]
                self.listings.setdefault(
                    (*where, _target(statement), kind), Listing(things, self._byte(node, end=True) - 1)
                )

    def _statement(self, statement: ast.stmt) -> Thing:
        decorators = [decorator.lineno for decorator in getattr(statement, "decorator_list", [])]
        line = min([statement.lineno, *decorators]) - 1
        while line and self._lines[line - 1].lstrip().startswith(b"#") and not MARK.match(self._lines[line - 1]):
            line -= 1
        return Thing(_name(statement), self._starts[line], self._starts[statement.end_lineno or 0], statement)

    def _after_marks(self, at: int) -> int:
        """Return the byte after the marks that follow: what is added belongs to no sample."""
        line = self._starts.index(at)
        for number in range(line, len(self._lines)):
            if MARK.match(self._lines[number]):
                line = number + 1
            elif self._lines[number].strip():
                break
        return self._starts[line]

    def _byte(self, node: ast.AST, *, end: bool = False) -> int:
        line, column = ("end_lineno", "end_col_offset") if end else ("lineno", "col_offset")
        start: int = self._starts[getattr(node, line) - 1]
        return start + int(getattr(node, column))


def _items(node: ast.AST) -> tuple[str, Iterator[tuple[str, ast.AST, ast.AST]]] | None:
    match node:
        case ast.Dict(keys=keys, values=values):
            return "{…}", ((ast.unparse(k), k, v) for k, v in zip(keys, values, strict=True) if k)
        case ast.Call(keywords=keywords, func=function) if keywords:
            return f"{ast.unparse(function)}(…)", ((k.arg or "**", k, k) for k in keywords)
    return None


def _target(statement: ast.stmt) -> str:
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
    return type(statement).__name__.lower()


def _name(statement: ast.stmt) -> str:
    match statement:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return name
        case ast.Expr(value=ast.Constant()):
            return "docstring"
        case ast.Assign(targets=[target], value=ast.Call(func=ast.Name(id=function))):
            return f"{ast.unparse(target)} = {function}(…)"
        case ast.AnnAssign(target=target) | ast.Assign(targets=[target]):
            return ast.unparse(target)
        case ast.Expr() | ast.Import() | ast.ImportFrom():
            return ast.unparse(statement)
    return type(statement).__name__.lower()
