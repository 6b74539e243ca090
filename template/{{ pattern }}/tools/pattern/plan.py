"""What a new aggregate writes: every file with its text, before the first one is written."""

import re
from collections.abc import Iterator
from pathlib import Path

from errors import Rejected
from listings import Module
from migration import numbered
from names import Name, camel
from renaming import Renaming
from wiring import Wiring

PATTERN_PACKAGE = "pattern_package"
ROOTS = ("src", "tests/unit", "tests/contract", "tests/integration", "tests/fakes")
MONEY = "domain/model/money.py"

# It tries every bad request that the schemas of the sample reject; a team writes its own ones.
LEFT_OUT = re.compile(r"_bad_requests\.py$|/migrations/(?!\d+_create_market)|/test_(publish|get)_market\.py$")

type Plan = dict[Path, str]


def planned(pattern: Path, service: Path, package: str, name: Name) -> Plan:
    words = {"market": name.singular, "markets": name.plural, "farmers": "example"}
    renaming = Renaming(words, name.takes_an)
    texts = {path: (pattern / path).read_text(encoding="utf-8") for path in modules(pattern)}
    texts = {path: text for path, text in texts.items() if not LEFT_OUT.search(path)}
    named = {path for path in texts if renaming.concerns(Path(path).name)}
    check_words([texts[path] for path in named], renaming)
    plan: Plan = {}
    for path, text in texts.items():
        own = service / path.replace(PATTERN_PACKAGE, package)
        if path in named:
            target, text = _new(own.with_name(renaming.code(own.name)), renaming.python(text))
            if target.exists():
                raise Rejected(f"{target.relative_to(service).as_posix()} exists already: choose another name.")
            plan[target] = text.replace(PATTERN_PACKAGE, package)
        elif "money" in own.name:
            if not (service / "src" / package / MONEY).exists():
                plan[own] = text.replace(PATTERN_PACKAGE, package)
        elif renaming.concerns(text):
            wired = wire(own, text, service, renaming)
            if wired is not None:
                plan[own] = wired.replace(PATTERN_PACKAGE, package)
    _check_classes(plan, service, name)
    return plan


def _new(target: Path, text: str) -> tuple[Path, str]:
    if target.parent.name == "migrations":
        text, name = numbered(text, target.name, target.parent)
        return target.with_name(name), text
    return target, text


def wire(own: Path, pattern: str, service: Path, renaming: Renaming) -> str | None:
    """Return the new text of the service's own module, or nothing if the pattern has nothing to add to it."""
    path = own.relative_to(service).as_posix()
    wiring = Wiring(path, Module(pattern), parsed(own, path) if own.exists() else Module(""), renaming)
    text = wiring.wired()
    return text if wiring.added else None


def parsed(file: Path, path: str) -> Module:
    try:
        return Module(file.read_text(encoding="utf-8"))
    except SyntaxError as error:
        raise Rejected(f"{path} does not parse, in line {error.lineno}: correct it first.") from None


def modules(folder: Path) -> Iterator[str]:
    for root in ROOTS:
        for file in sorted((folder / root).rglob("*.py")):
            yield file.relative_to(folder).as_posix()


def check_words(texts: list[str], renaming: Renaming) -> None:
    """Reject a word that the files of an aggregate use for something else."""
    found = {word for text in texts for word in re.findall(r"[^\W\d]\w*", text)}
    others = {word for word in found if not renaming.concerns(word)}
    new = {renaming.code(word) for word in found if renaming.concerns(word)}
    if taken := sorted(others & new):
        raise Rejected(f"Choose another name: the files of an aggregate use {taken[0]} for something else.")


def _check_classes(plan: Plan, service: Path, name: Name) -> None:
    """Reject a name that a class in the service has."""
    named = re.compile(rf"^class (\w*(?:{name.camel}|{camel(name.plural)})\w*)", re.MULTILINE)
    own = {path: set(named.findall((service / path).read_text(encoding="utf-8"))) for path in modules(service)}
    for target, text in plan.items():
        new = set(named.findall(text)) - own.get(target.relative_to(service).as_posix(), set())
        for path, classes in own.items():
            for found in sorted(new & classes):
                raise Rejected(f"{path} has a class {found} already: choose another name.")
