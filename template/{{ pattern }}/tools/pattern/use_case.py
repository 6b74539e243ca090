"""What a new use case writes: what the sample has for publishing, or for reading one market."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from errors import Rejected
from names import Name, snake
from plan import PATTERN_PACKAGE, Plan, Planning, check_words, texts_of
from renaming import Renaming
from verbs import Verb

# What is wrapped around a use case, such as a cache, is wrapped around a new one that changes something as well.
CHANGE = re.compile(r"publish|ACTIVE|publish_market|MarketPublished|MarketAlreadyPublished|Publish\w+MarketUseCase")
READ = re.compile(r"get_market")
LEFT_OUT = re.compile(r"/cached_")  # a cache gives both reads the same
NEW_FILE = r"/(test_|\d+_)?{}_market\.py$"


def plan_use_case(pattern: Path, service: Path, package: str, name: Name, verb: Verb) -> Plan:
    words = {"market": name.singular, "markets": name.plural}
    words |= {"get": verb.word} if verb.reads else {"publish": verb.word, "published": verb.past, "active": verb.past}
    renaming = Renaming(words, name.takes_an, unchanged=("get", "store.published"))
    new_file = re.compile(NEW_FILE.format("get" if verb.reads else "publish"))
    things = READ if verb.reads else CHANGE
    planning = Planning(
        service,
        package,
        renaming,
        lambda path: bool(new_file.search(path)),
        lambda thing: bool(things.fullmatch(thing)),
    )
    texts = {path: text for path, text in texts_of(pattern).items() if path.startswith("src") or new_file.search(path)}
    if verb.reads:
        texts = {path: _with_own_path(text) for path, text in texts.items() if not LEFT_OUT.search(path)}
    model = f"src/{PATTERN_PACKAGE}/domain/model/market.py"
    check_words([texts[model]], renaming)
    planning.planned(texts)
    if not verb.reads:
        _put_statuses(planning, planning.own(model).with_name(f"{name.singular}.py"), name)
    return planning.plan


def aggregates(service: Path, package: str) -> dict[str, Name]:
    """Return every aggregate that the unit of work has."""
    file = service / "src" / package / "domain" / "port" / "out" / "unit_of_work.py"
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    found = re.findall(r"def (\w+)\(\s*self,?\s*\) -> (\w+)Repository", text)
    return {snake(singular): Name(snake(singular), plural) for plural, singular in found}


def aggregate_called(given: str, service: Path, package: str) -> Name:
    known = aggregates(service, package)
    if snake(given) not in known:
        there = f"it has {' and '.join(sorted(known))}" if known else "add one by `uv run poe aggregate`"
        raise Rejected(f"domain/port/out/unit_of_work.py has no aggregate {given}: {there}.")
    return known[snake(given)]


def _with_own_path(text: str) -> str:
    """The pattern's read is at the address of the market itself; another one is below it."""
    text = text.replace('"""Read a market."""', '"""Get a market."""')
    return re.sub(r'(?<=router\.get\()"/\{slug\}"', '"/{slug}/get"', text)


def _put_statuses(planning: Planning, model: Path, name: Name) -> None:
    """Write the statuses of the service, without and with the new one, into the migration."""
    before, after = (_statuses(text, name) for text in (model.read_text(encoding="utf-8"), planning.plan[model]))
    for path, text in planning.plan.items():
        if path.parent.name == "migrations":
            labelled = ", ".join(f'("{value}", "{label}")' for label, value in after.items())
            text = text.replace('("AFTER", "After")', labelled)
            for word, statuses in (("BEFORE", before), ("AFTER", after)):
                text = text.replace(f'"{word}"', ", ".join(f'"{value}"' for value in statuses.values()))
            planning.plan[path] = text


def _statuses(model: str, name: Name) -> dict[str, str]:
    """Return the values of the statuses, by their labels."""
    for node in ast.walk(ast.parse(model)):
        if isinstance(node, ast.ClassDef) and node.name == f"{name.camel}Status":
            return dict(pair for line in node.body for pair in _labelled(line))
    raise Rejected(f"domain/model/{name.singular}.py has no {name.camel}Status, to which the new status belongs.")


def _labelled(line: ast.stmt) -> Iterator[tuple[str, str]]:
    match line:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(value))):
            yield name.replace("_", " ").title(), value
