"""Covering arrays: rows of choices such that every few choices, two or three of different questions, meet in a row.

Built question by question (IPOG: Lei and others, 2007), so that a new question at the end leaves all rows as they are:
it adds a column, and some rows. Nothing is random.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations, product
from typing import Any

type Row = dict[str, Any]
type Meeting = frozenset[tuple[str, Any]]
type Allowed = Callable[[Row], bool]  # says it of some of the questions, too

ANY = object()


def meetings(row: Mapping[str, Any], strength: int) -> set[Meeting]:
    """Return every ``strength`` choices that meet in the row."""
    return set(map(frozenset, combinations(row.items(), strength)))


def required(choices: Mapping[str, Sequence[Any]], strength: int, allowed: Allowed) -> set[Meeting]:
    """Return every ``strength`` choices of different questions that some allowed row has."""
    found: set[Meeting] = set()
    for names in combinations(choices, strength):
        for values in product(*(choices[name] for name in names)):
            row = dict(zip(names, values, strict=True))
            if complete(row, choices, allowed) is not None:
                found.add(frozenset(row.items()))
    return found


def complete(row: Row, choices: Mapping[str, Sequence[Any]], allowed: Allowed, turn: int = 0) -> Row | None:
    """Return the row with a choice for every question, or nothing where no allowed row has these choices.

    The turn decides which choices are tried first: rows that leave questions open do not all get the same.
    """
    open_names = [name for name in choices if name not in row]
    if not allowed(row):
        return None
    if not open_names:
        return {name: row[name] for name in choices}
    name, offered = open_names[0], choices[open_names[0]]
    for number in range(len(offered)):
        value = offered[(turn + number) % len(offered)]
        if found := complete({**row, name: value}, choices, allowed, turn // len(offered)):
            return found
    return None


def covering(
    choices: Mapping[str, Sequence[Any]],
    strength: int,
    forced: Iterable[str],
    allowed: Allowed = lambda _: True,
    later: Iterable[str] = (),
) -> list[Row]:
    """Return rows in which every ``strength`` choices meet, and every combination of the forced questions.

    The first row has the first choice of every question. The first rows, one for each of those combinations, have the
    first choice of every question in ``later``.
    """
    names = list(forced)
    rows = [dict(zip(names, values, strict=True)) for values in product(*(choices[name] for name in names))]
    combined = len(rows)
    missing_names = [name for name in choices if name not in names]
    for name in missing_names:
        names.append(name)
        so_far = {known: choices[known] for known in names}
        missing = {m for m in required(so_far, min(strength, len(names)), allowed) if any(name == n for n, _ in m)}
        _widen(rows, name, so_far, missing, strength, allowed, with_first=combined if name in later else 1)
        _lengthen(rows, so_far, missing, allowed)
    return [_completed(row, choices, allowed, turn) for turn, row in enumerate(rows)]


def _widen(
    rows: list[Row],
    name: str,
    choices: Mapping[str, Sequence[Any]],
    missing: set[Meeting],
    strength: int,
    allowed: Allowed,
    with_first: int,
) -> None:
    """Give each row the choice of the new question that brings most of what is missing together.

    So many rows at the beginning get its first choice.
    """
    offered = choices[name]
    for number, row in enumerate(rows):
        best: Row | None = None
        gained: set[Meeting] = set()
        for turn in range(len(offered)):
            candidate = {**row, name: offered[turn if number < with_first else (turn + number) % len(offered)]}
            if complete(candidate, choices, allowed) is None:
                continue
            gain = meetings(candidate, min(strength, len(candidate))) & missing
            if best is None or len(gain) > len(gained):
                best, gained = candidate, gain
            if number < with_first:  # among them the service that the proposed answers give
                break
        assert best is not None
        row[name] = best[name]
        missing -= gained


def _lengthen(rows: list[Row], choices: Mapping[str, Sequence[Any]], missing: set[Meeting], allowed: Allowed) -> None:
    """Put what is still missing into rows that leave it open, or into new ones."""
    for meeting in sorted(missing, key=lambda found: sorted(map(str, found))):
        wanted = dict(meeting)
        for row in rows:
            merged = {**row, **wanted}
            if all(row.get(name, value) == value for name, value in wanted.items()) and complete(
                merged, choices, allowed
            ):
                row.update(wanted)
                break
        else:
            rows.append(wanted)
    missing.clear()


def _completed(row: Row, choices: Mapping[str, Sequence[Any]], allowed: Allowed, turn: int) -> Row:
    found = complete(row, choices, allowed, turn)
    assert found is not None
    return found
