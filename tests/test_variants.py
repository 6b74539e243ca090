"""All variants: one core, layers that work, and a space that is read from copier.yml."""

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

from harness.covering import Row, complete, covering, meetings
from harness.rendering import Render, rendered_files
from harness.running import run
from harness.variants import (
    LATER,
    ROOT,
    STRUCTURAL,
    Answers,
    Variant,
    allowed,
    applies,
    choice_questions,
    choices,
    executed_variants,
    options,
    questions,
    structures,
    text_variants,
)

# What knows neither the framework nor the database: the same bytes in every service of one colour.
CORE = re.compile(
    r"src/\w+/(domain|application)/.*|src/\w+/config/container\.py|src/\w+/adapter/in_/http/(\w+_schemas\.py|problems/.*)"
    r"|tests/(fakes|contract)/.*|tests/unit/(?!test_settings|test_delivery_files).*"
)
# And what has no colour either: the same in all services.
COLOURLESS = re.compile(
    r"src/\w+/domain/(errors\.py|event/.*|model/.*)|src/\w+/adapter/in_/http/problems/.*|docs/problems\.md"
)


@pytest.fixture(scope="session", params=range(max(len(choices(name)) for name in options())))
def renders(request: pytest.FixtureRequest, render: Render) -> Mapping[Variant, Mapping[str, bytes]]:
    """Every structure, all with the same choices of options, where they apply: each choice has its turn."""
    chosen = {name: choices(name)[request.param % len(choices(name))] for name in options()}
    return {variant: rendered_files(render(_with(chosen, variant.structure.answers))) for variant in structures()}


def _with(chosen: Answers, structure: Answers) -> Answers:
    applied = {name: value for name, value in chosen.items() if applies(name, {**structure})}
    return {**structure, **applied}


@pytest.mark.parametrize(
    ("variants", "strength"), [(text_variants(), 3), (executed_variants(), 2)], ids=["three as text", "two executed"]
)
def test_choices_meet(variants: Sequence[Variant], strength: int) -> None:
    """Or Copier does not take them together."""
    met = set().union(*(meetings(variant.answers, strength) for variant in variants))
    offered = {name: choices(name) for name in variants[0].answers}
    for names in combinations(offered, strength):
        for values in product(*(offered[name] for name in names)):
            answers = dict(zip(names, values, strict=True))
            assert frozenset(answers.items()) in met or complete(answers, offered, allowed) is None, answers
    assert all(allowed(variant.answers) for variant in variants)


def test_every_question_is_combined() -> None:
    assert set(text_variants()[0].answers) == set(choice_questions())
    assert set(STRUCTURAL) <= set(choice_questions())


def test_every_structure_is_executed() -> None:
    found = [tuple(variant[name] for name in STRUCTURAL) for variant in structures()]
    assert sorted(found) == sorted(product(*map(choices, STRUCTURAL)))


def test_only_further_rows_have_what_comes_later() -> None:
    assert all(variant[name] == questions()[name]["default"] for variant in structures() for name in LATER)
    assert all({row[name] for row in executed_variants()} == set(choices(name)) for name in LATER)


def test_every_variant_has_a_name_of_its_own() -> None:
    names = [str(variant) for variant in text_variants()]
    assert len(set(names)) == len(names)


def test_the_answers_proposed_are_executed_first() -> None:
    proposed = {name: question["default"] for name, question in questions().items() if name in options()}
    assert executed_variants()[0].answers.items() >= proposed.items()


def test_variants_are_the_same_in_every_run() -> None:
    script = "from harness.variants import text_variants; print(*text_variants(), sep='\\n')"
    lines = [run(sys.executable, "-c", script, cwd=ROOT, environment={"PYTHONHASHSEED": seed}) for seed in ("1", "2")]
    assert lines[0] == lines[1] == "".join(f"{variant}\n" for variant in text_variants())


@pytest.mark.parametrize("strength", [2, 3])
def test_a_new_option_leaves_most_rows_as_they_are(strength: int) -> None:
    before = {name: choices(name) for name in (*STRUCTURAL, *options())}
    rows = covering(before, strength, STRUCTURAL, allowed)
    longer = covering({**before, "new": [False, True]}, strength, STRUCTURAL, lambda row: allowed(_known(row)))
    kept = [row for row in rows if any(row.items() <= other.items() for other in longer)]
    assert len(kept) >= 0.7 * len(rows)


def _known(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "new"}


def where_it_is_asked(question: str) -> dict[str, Any]:
    return next(variant.answers for variant in structures() if applies(question, variant.answers))


@pytest.mark.parametrize("question", choice_questions())
def test_every_choice_changes_the_render(question: str, render: Render) -> None:
    """Its answer alone does not count."""
    seen = set()
    for choice in choices(question):
        files = rendered_files(render(where_it_is_asked(question) | {question: choice}))
        files.pop(".copier-answers.yml")
        seen.add(tuple(sorted(files.items())))
    assert len(seen) == len(choices(question))


def shared_by(renders: Iterable[Mapping[str, bytes]]) -> set[str]:
    """Return the paths that have the same bytes in all of these renders."""
    first, *others = renders
    return {path for path, content in first.items() if all(other.get(path) == content for other in others)}


def differing(renders: Iterable[Mapping[str, bytes]], pattern: re.Pattern[str]) -> set[str]:
    """Return the paths of this kind that some of the renders do not have, or have with other bytes."""
    members = list(renders)
    paths = {path for files in members for path in files if pattern.fullmatch(path)}
    assert paths
    return paths - shared_by(members)


@pytest.mark.parametrize("concurrency", choices("concurrency"))
def test_the_core_is_the_same_under_every_framework_and_database(
    concurrency: str, renders: Mapping[Variant, Mapping[str, bytes]]
) -> None:
    members = [files for variant, files in renders.items() if variant["concurrency"] == concurrency]
    assert differing(members, CORE) == set()


def test_what_has_no_colour_is_the_same_in_every_service(renders: Mapping[Variant, Mapping[str, bytes]]) -> None:
    assert differing(renders.values(), COLOURLESS) == set()


def test_a_layer_is_rendered_in_place_or_left_out(render: Render) -> None:
    """Copier does not document that a folder called "." is its parent, and one called "" is nothing."""
    layers = re.findall(
        r"^(\w+): \{type: str, when: false, default: \"(?:\{\{ '[.]?' if|\")", (ROOT / "copier.yml").read_text(), re.M
    )
    folders = {path.name for path in (ROOT / "template").rglob("{{*}}") if path.is_dir()}
    assert {f"{{{{ {layer} }}}}" for layer in layers} == folders - {"{{ package_name }}"}
    files = rendered_files(render({"framework": "django"}))
    assert "manage.py" in files
    assert not [path for path in files if path.startswith((".venv", "{{", "./"))]


def test_every_word_of_the_colour_macro_is_used() -> None:
    """A replacement that nothing needs any more is dead code."""
    macro = (ROOT / "includes" / "concurrency.jinja").read_text()
    words = [word.replace("\\n", "\n") for word in re.findall(r'^  "(.+?)": ".*",$', macro, re.MULTILINE)]
    coloured = "".join(p.read_text() for p in template_sources() if "call coloured()" in p.read_text())
    assert words
    assert [word for word in words if word not in coloured] == []


def template_sources() -> list[Path]:
    return [path for path in (ROOT / "template").rglob("*.jinja") if path.is_file()]


def test_nothing_needs_trust() -> None:
    assert not re.search(r"^_(tasks|migrations|jinja_extensions)\b", (ROOT / "copier.yml").read_text(), re.MULTILINE)
