"""What a command writes: every file with its text, before the first one is written."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from errors import Rejected
from listings import Module
from migration import numbered
from renaming import Renaming
from wiring import NOTHING, Wiring

PATTERN_PACKAGE = "pattern_package"
ROOTS = ("src", "tests/unit", "tests/contract", "tests/integration", "tests/fakes")

type Plan = dict[Path, str]
type Texts = dict[str, str]


@dataclass(frozen=True)
class Planning:
    """Files of the pattern become new files; things in its other modules are added to those of the service."""

    service: Path
    package: str
    renaming: Renaming
    is_file: Callable[[str], bool]
    is_thing: Callable[[str], bool]
    left_out: re.Pattern[str] = NOTHING
    plan: Plan = field(default_factory=dict)

    def planned(self, texts: Texts) -> Plan:
        """``texts`` are the modules of the pattern by their paths."""
        new = [path for path in texts if self.is_file(path)]
        check_words([texts[path] for path in new], self.renaming)
        for path in new:
            self._copy(path, texts[path])
        for path, text in texts.items():
            if path not in new and self.renaming.concerns(text):
                self._wire(path, text)
        return self.plan

    def own(self, path: str) -> Path:
        return self.service / path.replace(PATTERN_PACKAGE, self.package)

    def put(self, target: Path, text: str) -> None:
        self.plan[target] = text.replace(PATTERN_PACKAGE, self.package)

    def _copy(self, path: str, text: str) -> None:
        own = self.own(path)
        target, text = own.with_name(self.renaming.code(own.name)), self.renaming.python(text)
        if target.parent.name == "migrations":
            text, name = numbered(text, target.name, target.parent)
            target = target.with_name(name)
        if target.exists():
            where = target.relative_to(self.service).as_posix()
            raise Rejected(f"{where} exists already: choose another name.")
        self.put(target, text)

    def _wire(self, path: str, text: str) -> None:
        pattern = Module(text)
        target = self.own(self.renaming.path(path))
        where = target.relative_to(self.service).as_posix()
        own = parsed(target, where) if target.exists() else Module("")
        if wired := Wiring(where, pattern, own, self.renaming, self.is_thing, self.left_out).wired():
            self.put(target, wired)


def parsed(file: Path, path: str) -> Module:
    try:
        return Module(file.read_text(encoding="utf-8"))
    except SyntaxError as error:
        raise Rejected(f"{path} does not parse, in line {error.lineno}: correct it first.") from None


def texts_of(pattern: Path) -> Texts:
    return {path: (pattern / path).read_text(encoding="utf-8") for path in modules(pattern)}


def modules(folder: Path) -> Iterator[str]:
    for root in ROOTS:
        for file in sorted((folder / root).rglob("*.py")):
            yield file.relative_to(folder).as_posix()


def check_words(texts: list[str], renaming: Renaming) -> None:
    """Reject a word that the new files use for something else."""
    found = {word for text in texts for word in re.findall(r"[^\W\d]\w*", text)}
    others = {word for word in found if not renaming.concerns(word)}
    new = {renaming.code(word) for word in found if renaming.concerns(word)}
    if taken := sorted(others & new):
        raise Rejected(f"Choose another name: the new files use {taken[0]} for something else.")
