"""Puts into a module what the same module of the pattern has about the sample, in the same lists of things."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from errors import Rejected
from listings import BODY, DEFINITION, IMPORT, Listing, Module, Place, Thing
from renaming import Renaming

NOTHING = re.compile(r"(?!)")


@dataclass
class Wiring:
    path: str
    pattern: Module
    own: Module
    renaming: Renaming
    is_thing: Callable[[str], bool]
    left_out: re.Pattern[str] = NOTHING
    added: dict[int, list[bytes]] = field(default_factory=dict)
    statements: list[ast.AST] = field(default_factory=list)

    def wired(self) -> str:
        """Return the new text of the module, or nothing if the pattern has nothing to add to it."""
        for place, listing in self.pattern.listings.items():
            if not any(self.is_thing(part.removesuffix("(…)")) for part in place):
                self._add_to(place, listing)
        if not self.added:
            return ""
        self._add_needed_imports()
        source = self.own.source
        for at, texts in sorted(self.added.items(), reverse=True):
            source = source[:at] + b"".join(texts) + source[at:]
        return source.decode()

    def _add_to(self, pattern_place: Place, listing: Listing) -> None:
        place = tuple(map(self.renaming.code, pattern_place))
        things = [thing for thing in listing.things if not isinstance(thing.node, IMPORT)]
        for number, thing in enumerate(things):
            if self.is_thing(thing.name) and not self.left_out.search(thing.name):
                later = [other.name for other in things[number + 1 :] if not self.is_thing(other.name)]
                self._add(thing, place, {*map(self.renaming.code, later)})

    def _add(self, thing: Thing, place: Place, followers: set[str]) -> None:
        text = self._renamed(thing, place)
        if place not in self.own.listings:
            raise Rejected(f"{self.path} no longer has {described(place)}, where this belongs: {text.strip()}.")
        listing = self.own.listings[place]
        if (new := self.renaming.code(thing.name)) in {there.name for there in listing.things}:
            if new == thing.name and not self.renaming.concerns(new):
                return  # it belongs to what all aggregates share
            raise Rejected(f"{self.path} already has {new} in {described(place)}.")
        follower = next((there for there in listing.things if there.name in followers), None)
        self.statements.append(thing.node)
        if place[-1] == BODY:
            blank = "\n" if isinstance(thing.node, DEFINITION) else ""
            self._insert(follower.first if follower else listing.end, f"{blank}{text}{blank}")
        elif follower:
            self._insert(follower.first, f"{text},\n")
        else:
            self._insert_last(listing, text)

    def _renamed(self, thing: Thing, place: Place) -> str:
        text = self.pattern.text(thing)
        if place[-1] != BODY:
            return self.renaming.python(f"({text}\n)")[1:-2]
        indented = text.startswith(" ")
        return self.renaming.python(f"if True:\n{text}")[9:] if indented else self.renaming.python(text)

    def _insert_last(self, listing: Listing, text: str) -> None:
        last = listing.things[-1].last if listing.things else listing.end
        between = re.sub(rb"#.*", b"", self.own.source[last : listing.end])
        if listing.things and b"," not in between and not self.added.get(listing.end):
            self._insert(last, ",")
        self._insert(listing.end, f"\n{text},\n")

    def _add_needed_imports(self) -> None:
        """Add what the new statements use and the module does not have; a function may have imports of its own."""
        used = {node.id for statement in self.statements for node in ast.walk(statement) if isinstance(node, ast.Name)}
        for place in self.pattern.listings.keys() & self.own.listings.keys():
            there = {name for thing in self.own.imports(place) for name, _ in _bound(thing.node)}
            for thing in self.pattern.imports(place):
                for name, statement in _bound(thing.node):
                    if name in used and self.renaming.code(name) not in there:
                        self._add_import(thing, place, self.renaming.python(f"{statement}\n"))

    def _add_import(self, thing: Thing, place: Place, text: str) -> None:
        own = self.own.listings[place].things
        before = self.own.imports(place) or [other for other in own[:1] if other.name == "docstring"]
        indent = re.match(r" *", self.pattern.text(thing))
        at = before[-1].last if before else own[0].first if own else 0
        self.added.setdefault(at, []).insert(0, f"{indent[0] if indent else ''}{text}".encode())

    def _insert(self, at: int, text: str) -> None:
        self.added.setdefault(at, []).append(text.encode())


def _bound(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield each name that the import binds, with an import of it alone."""
    for alias in getattr(node, "names", []):
        renamed = f"{alias.name} as {alias.asname}" if alias.asname else alias.name
        source = f"from {'.' * node.level}{node.module or ''} " if isinstance(node, ast.ImportFrom) else ""
        yield alias.asname or alias.name.split(".")[0], f"{source}import {renamed}"


def described(place: Place) -> str:
    *outer, kind = place
    inside = " in ".join(f"`{name}`" for name in reversed(outer))
    return (inside or "a body") if kind == BODY else f"`{kind}`{f' in {inside}' if inside else ''}"
