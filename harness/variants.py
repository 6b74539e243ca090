"""The space of variants, read from the questions in ``copier.yml``."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]

type Answers = Mapping[str, Any]
type Couples = set[frozenset[tuple[str, Any]]]

# Every combination of these is executed in full, along with the other choices such that every pair of choices is.
STRUCTURAL = ("framework", "concurrency", "database")

# Choices of nothing, which a variant is not named after.
UNNAMED = (False, "none")

# Which Python is not a matter of the template's text alone: it has checks of its own.
PYTHON = "python_version"


@cache
def questions() -> Mapping[str, Any]:
    """Return the questions that a person is asked; settings and computed answers are none."""
    return {name: question for name, question in recorded().items() if question.get("ask", True)}


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
    return list(offered.values()) if isinstance(offered, dict) else list(offered)


def choice_questions() -> list[str]:
    return [name for name in questions() if choices(name)]


def options() -> list[str]:
    """Return the questions with choices that are neither structural nor the Python version."""
    return [name for name in choice_questions() if name not in (*STRUCTURAL, PYTHON)]


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
        return "-".join(str(name if value is True else value) for name, value in self.pairs if value not in UNNAMED)

    @property
    def couples(self) -> Couples:
        """Return every pair of choices that meet here."""
        return {frozenset(couple) for couple in combinations(self.pairs, 2)}


def _variants(names: list[str]) -> Iterator[Variant]:
    return (Variant(tuple(zip(names, values, strict=True))) for values in product(*map(choices, names)))


def all_variants() -> Iterator[Variant]:
    """Yield every combination of all choices; each is rendered and checked as text."""
    return _variants([*STRUCTURAL, *options(), PYTHON])


@cache
def executed_variants() -> tuple[Variant, ...]:
    """Return every structure with the options that bring most pairs of choices together, and then what is missing.

    The first has the answers that are proposed.
    """
    possible = list(_variants([*STRUCTURAL, *options()]))
    missing = set().union(*(variant.couples for variant in possible))
    executed: list[Variant] = []
    for structure in _variants(list(STRUCTURAL)):
        executed.append(_best((v for v in possible if v.structure == structure), missing))
        missing -= executed[-1].couples
    while missing:
        executed.append(_best(possible, missing))
        missing -= executed[-1].couples
    return tuple(executed)


def _best(candidates: Iterable[Variant], missing: Couples) -> Variant:
    return max(candidates, key=lambda variant: len(variant.couples & missing))
