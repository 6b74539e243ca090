"""The name of an aggregate in all its forms, and whether it is a good one."""

import builtins
import keyword
import re
from dataclasses import dataclass

from errors import Rejected

LONGEST = 20
WORDS = re.compile(r"[a-z]+(_[a-z]+){0,2}")

# Reserved in PostgreSQL or SQLite: such a table works here, and is a trap in every query that somebody writes by hand.
SQL = frozenset(
    """
    all analyse analyze and any array as asc begin between both by case cast check collate column commit constraint
    create cross current default deferrable delete desc distinct do drop else end escape except exists fetch for
    foreign freeze from full grant group groups having in index indexed initially inner insert intersect into is
    isnull join lateral leading left like limit natural not notnull null offset on only or order outer over overlaps
    placing primary references returning right row rows savepoint select set similar some symmetric system_user
    table tables tablesample then to trailing transaction trigger union unique update user users using values
    variadic verbose view views when where window with
    """.split()  # noqa: SIM905 - a list of a hundred lines
)

# Written with a vowel and spoken without, and the other way round.
ARTICLE_AN = re.compile(r"(?!eu|one|once|uni(?!n)|us[ae]|uti|ur[aeiou])[aeiou]|hour|honou?r|heir")


@dataclass(frozen=True)
class Name:
    """``purchase_order`` and ``purchase_orders``."""

    singular: str
    plural: str

    @property
    def camel(self) -> str:
        return camel(self.singular)

    @property
    def takes_an(self) -> bool:
        return bool(ARTICLE_AN.match(self.singular))


def camel(words: str) -> str:
    return "".join(word.capitalize() for word in words.split("_"))


def snake(words: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", words).lower()


def aggregate_name(given: str, plural: str | None) -> Name:
    """Return the name; raise ``Rejected`` if it would make trouble."""
    if not re.fullmatch(r"(?:[A-Z][a-z]+){1,3}", given) or len(given) > LONGEST:
        raise Rejected(
            f"{given} is not a name like Invoice or PurchaseOrder: one to three words, at most {LONGEST} letters."
        )
    name = Name(snake(given), snake(plural) if plural else regular_plural(snake(given)))
    if not WORDS.fullmatch(name.plural) or len(name.plural) > LONGEST + 4:
        raise Rejected(f"{plural} is not a plural like invoices or purchase_orders.")
    if name.plural == name.singular:
        raise Rejected(f"Choose a plural that differs from {name.singular}: the plural names the collection.")
    for word in (name.singular, name.plural):
        check_word(word)
    return name


def check_word(word: str) -> None:
    if keyword.iskeyword(word) or keyword.issoftkeyword(word) or word in dir(builtins) or camel(word) in dir(builtins):
        raise Rejected(f"Choose another name: Python has its own {word}.")
    if word in SQL:
        raise Rejected(f"Choose another name, such as a longer one: {word} is a reserved word of SQL.")
    if {"market", "markets", "money"} & set(word.split("_")):
        raise Rejected(f"Choose another name: {word} has a word of the sample in it.")


def regular_plural(singular: str) -> str:
    if re.search(r"[^aeiou]y$", singular):
        return f"{singular[:-1]}ies"
    return singular + ("es" if re.search(r"(s|x|z|ch|sh)$", singular) else "s")
