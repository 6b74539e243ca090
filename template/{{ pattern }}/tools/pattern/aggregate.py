"""What a new aggregate writes: all that is named after the sample, in its name."""

import re
from pathlib import Path

from errors import Rejected
from names import Name, camel
from plan import Plan, Planning, Texts, modules, texts_of
from renaming import Renaming
from sample import names_in
from wiring import NOTHING

MONEY = "domain/model/money.py"

# Every bad request that the schemas of the sample reject is the sample's own, and so are the migrations of options.
LEFT_OUT = re.compile(r"_bad_requests\.py$|/migrations/(?!\d+_create_market)|/test_(publish|get)_market\.py$")


def plan_aggregate(pattern: Path, service: Path, package: str, name: Name) -> Plan:
    renaming = Renaming({"market": name.singular, "markets": name.plural, "farmers": "example"}, name.takes_an)
    texts = {path: text for path, text in texts_of(pattern).items() if not LEFT_OUT.search(path)}
    foreign = _foreign(pattern, texts)
    planning = Planning(
        service,
        package,
        renaming,
        lambda path: renaming.concerns(Path(path).name),
        renaming.concerns,
        foreign,
    )
    money = {path: text for path, text in texts.items() if "money" in Path(path).name}
    planning.planned(
        {path: t for path, t in texts.items() if path not in money and not foreign.search(Path(path).name)}
    )
    if not (service / "src" / package / MONEY).exists():
        for path, text in money.items():
            planning.put(planning.own(path), text)
    _check_classes(planning.plan, service, name)
    return planning.plan


def _foreign(pattern: Path, texts: Texts) -> re.Pattern[str]:
    """Return the names of what joins a market with another part of the sample, such as the rates of another service."""
    others = set(names_in((pattern / "README.md").read_text("utf-8"))) - {"market", "money"}
    about = re.compile("|".join(others) or NOTHING.pattern)
    stems = {Path(path).stem.removeprefix("test_") for path, text in texts.items() if about.search(text)}
    joined = [stem for stem in stems if "market" in stem and stem not in {"markets", "market"}]
    return re.compile("|".join([*joined, *map(camel, joined)]) or NOTHING.pattern)


def _check_classes(plan: Plan, service: Path, name: Name) -> None:
    """Reject a name that a class in the service has."""
    named = re.compile(rf"^class (\w*(?:{name.camel}|{camel(name.plural)})\w*)", re.MULTILINE)
    own = {path: set(named.findall((service / path).read_text(encoding="utf-8"))) for path in modules(service)}
    for target, text in plan.items():
        new = set(named.findall(text)) - own.get(target.relative_to(service).as_posix(), set())
        for path, classes in own.items():
            for found in sorted(new & classes):
                raise Rejected(f"{path} has a class {found} already: choose another name.")
