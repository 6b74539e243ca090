"""The space of variants, read from the questions in ``copier.yml``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml
from allpairspy import AllPairs

ROOT = Path(__file__).parents[1]

type Answers = Mapping[str, Any]

# Every combination of these is executed in full; of all other questions with choices, every pair.
STRUCTURAL = ("framework", "concurrency", "database")

# Which Python is not a matter of the template's text alone: it has checks of its own.
PYTHON = "python_version"


@cache
def questions() -> Mapping[str, Any]:
    """Return the questions that a person is asked; settings and computed answers are none."""
    asked: dict[str, Any] = yaml.safe_load((ROOT / "copier.yml").read_text())
    return {name: q for name, q in asked.items() if not name.startswith("_") and q.get("when") is not False}


def choices(name: str) -> list[Any]:
    """Return the values that the question offers, or nothing for free text."""
    question = questions()[name]
    if question["type"] == "bool":
        return [True, False]
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

    def without(self, question: str) -> "Variant":
        return Variant(tuple(pair for pair in self.pairs if pair[0] != question))

    def __str__(self) -> str:
        return "-".join(f"{name}" if value is True else str(value) for name, value in self.pairs if value is not False)


def _variant(names: list[str], values: Any) -> Variant:
    return Variant(tuple(zip(names, values, strict=True)))


def all_variants() -> Iterator[Variant]:
    """Yield every combination of all choices; each is rendered and checked as text."""
    names = choice_questions()
    return (_variant(names, values) for values in product(*map(choices, names)))


def executed_variants() -> Iterator[Variant]:
    """Yield every structural combination, with the options of a covering array; each is run in full."""
    structures = list(product(*map(choices, STRUCTURAL)))
    names = [*STRUCTURAL, *options()]
    if not options():
        yield from (_variant(names, values) for values in structures)
        return
    rows = AllPairs({"structure": structures} | {name: choices(name) for name in options()})
    yield from (_variant(names, (*row[0], *row[1:])) for row in rows)
