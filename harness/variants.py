"""The space of variants, read from the questions in ``copier.yml``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from math import prod
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, meta

from harness.covering import Row, covering

ROOT = Path(__file__).parents[1]

type Answers = Mapping[str, Any]

# Every combination of these is executed in full; the options come along such that every two choices meet.
STRUCTURAL = ("framework", "concurrency", "database")

# What changes the routes of the sample: further rows have it, and the structures, whose documents are tested, do not.
LATER = ("cli", "auth", "worker", "admin")

# How many choices meet in the rows that are executed: two, or with --triples three.
executed_strength = 2

# With this, a service is rendered along with the tests of the machinery that only the template runs.
TEMPLATE_TESTS = {"template_tests": "."}

# Choices of nothing, which a variant is not named after.
UNNAMED = (False, "none")

# It changes little of the text: it has tests of its own.
PYTHON = "python_version"

JINJA = Environment()


@cache
def questions() -> Mapping[str, Any]:
    """Return the questions whose answers make a service: no settings, no computed answers, and not the sample."""
    return {name: question for name, question in recorded().items() if question.get("ask", True) and not _gates(name)}


def _gates(name: str) -> bool:
    """Say whether this question only decides if others are asked."""
    return any(re.search(rf"\b{name}\b", str(question.get("ask", ""))) for question in recorded().values())


@cache
def recorded() -> Mapping[str, Any]:
    """Return the questions whose answers a service records."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "copier.yml").read_text())
    return {name: q for name, q in found.items() if not name.startswith("_") and q.get("when") is not False}


def choices(name: str) -> list[Any]:
    """Return the values that the question offers, or nothing for free text."""
    question = questions()[name]
    if question["type"] == "bool":
        proposed = question["default"] is not False
        return [proposed, not proposed]
    offered = question.get("choices", [])
    values = offered.values() if isinstance(offered, dict) else offered
    return [value["value"] if isinstance(value, dict) else value for value in values]


def choice_questions() -> list[str]:
    return [name for name in questions() if choices(name)]


def options() -> list[str]:
    """Return the questions with choices that are neither structural nor the Python version."""
    return [name for name in choice_questions() if name not in (*STRUCTURAL, PYTHON)]


# A layer, the question that it hangs on, and the answer that it is there for, if there is more than one.
LAYER = re.compile(
    r"^(\w+): \{type: str, when: false, default: \"\{\{ '\.' if "
    r"(?:\w+ == '\w+' and )?(\w+)(?: ([!=])= '(\w+)')? else '' \}\}\"\}",
    re.MULTILINE,
)


def layers_of(questions: list[str]) -> dict[str, tuple[str, Any]]:
    """Return the layers that hang on one of these questions alone, with it and the answer that they are there for.

    Of a layer that only one answer switches off, it is the first other answer.
    """
    found = [match for match in LAYER.findall((ROOT / "copier.yml").read_text()) if match[1] in questions]
    return {layer: (question, _answer(question, sign, answer)) for layer, question, sign, answer in found}


def _answer(question: str, sign: str, answer: str) -> Any:
    if sign == "!":
        return next(choice for choice in choices(question) if choice != answer)
    return answer or True


def allowed(row: Row) -> bool:
    """Say whether Copier takes these answers together, as far as they are given: a row may have some questions only."""
    return all(_may_be(name, value, row) for name, value in row.items())


def _may_be(name: str, value: Any, row: Row) -> bool:
    question = questions()[name]
    if value != question["default"] and not applies(name, row):
        return False
    offered = question.get("choices", [])
    details = offered.values() if isinstance(offered, dict) else []
    sentences = [choice["validator"] for choice in details if isinstance(choice, dict) and choice["value"] == value]
    return not any(_knows(sentence, row) and JINJA.from_string(sentence).render(row).strip() for sentence in sentences)


def applies(name: str, row: Row) -> bool:
    """Say whether the question's ``when`` holds, as far as the answers that it depends on are given."""
    return _holds(recorded()[name].get("when", True), row)


def _holds(condition: object, row: Row) -> bool:
    return (
        not isinstance(condition, str)
        or not _knows(condition, row)
        or JINJA.from_string(condition).render(row) == "True"
    )


def _knows(template: str, row: Row) -> bool:
    return meta.find_undeclared_variables(JINJA.parse(template)) <= row.keys()


@dataclass(frozen=True)
class Variant:
    """Answers to the questions with choices; all others keep their defaults."""

    pairs: tuple[tuple[str, Any], ...]

    @property
    def answers(self) -> dict[str, Any]:
        return dict(self.pairs)

    def __getitem__(self, question: str) -> Any:
        return self.answers[question]

    @property
    def structure(self) -> "Variant":
        return Variant(self.pairs[: len(STRUCTURAL)])

    def __str__(self) -> str:
        return "-".join(_name(question, value) for question, value in self.pairs if value not in UNNAMED)


def _name(question: str, value: Any) -> str:
    """Return the value, along with its question where others have that value, too."""
    if value is True:
        return question
    is_unique = list(chain.from_iterable(map(choices, choice_questions()))).count(value) == 1
    return str(value) if is_unique else f"{question}_{value}"


def array(names: list[str], strength: int) -> list[Row]:
    """Return rows of these questions in which every ``strength`` choices meet; the first has the proposed answers."""
    return covering({name: _proposed_first(name) for name in names}, strength, STRUCTURAL, allowed, LATER)


def _proposed_first(name: str) -> list[Any]:
    return sorted(choices(name), key=lambda value: value != questions()[name]["default"])


@cache
def _variants(strength: int, with_python: bool) -> tuple[Variant, ...]:
    names = [*STRUCTURAL, *options(), *([PYTHON] if with_python else [])]
    return tuple(Variant(tuple(row.items())) for row in array(names, strength))


def text_variants() -> tuple[Variant, ...]:
    """Return rows in which every three choices meet; each is rendered and checked as text."""
    return _variants(3, with_python=True)


def executed_variants() -> tuple[Variant, ...]:
    """Return every structure, with options such that every two choices meet in some row, and the rows still missing."""
    return _variants(executed_strength, with_python=False)


def structures() -> tuple[Variant, ...]:
    """Return the first row of each structure: on these everything is executed."""
    return executed_variants()[: prod(len(choices(name)) for name in STRUCTURAL)]


def further_variants() -> tuple[Variant, ...]:
    """Return the other rows, which are executed for the options that meet in them."""
    return executed_variants()[len(structures()) :]
