"""The questions, as a person meets them: in a terminal of 80 columns, with nothing cut off."""

import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.rendering import export_template
from harness.terminal import terminal
from harness.variants import ROOT, applies, choice_questions, choices, questions, recorded

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

COPIER = shutil.which("copier", path=Path(sys.executable).parent) or ""
TEXT = "\x15"  # Ctrl-U: what is proposed is deleted
DOWN = "\x1b[B"

# Bad answers, and what is said to each.
BAD = {
    "project_name": {
        "x" * 61: "Type 1 to 60 characters, trimmed.",
        'quote"d': 'Type it without "\\`${}<>%#',
        "zero\u200bwidth": "Type no invisible characters.",
    },
    "package_name": {"1st": "Type a name like my_service.", "json": "Type another name: it is taken."},
    "author_email": {"nobody": "Type name@example.org or nothing."},
}
# All others get the answer that is proposed. For Django and with options, most is asked.
ANSWERS = {"package_name": f"{TEXT}farm_shop\r", "author_email": f"{TEXT}\r", "framework": f"{DOWN}\r", "options": "y"}


@pytest.fixture(scope="session")
def questions_only(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The questions over a template of one file."""
    folder = export_template(tmp_path_factory.mktemp("questions"))
    for path in sorted((folder / "template").rglob("*"), reverse=True):
        if "_copier_conf" not in path.name:
            path.rmdir() if path.is_dir() else path.unlink()
    return folder


def sentences() -> set[str]:
    """Return all that validators say."""
    return set(re.findall(r"^Type .+$", (ROOT / "includes" / "answers.jinja").read_text(), re.MULTILINE))


def asked() -> dict[str, Any]:
    """Return the questions that a person is asked who wants options, in their order."""
    known = {name: question["default"] for name, question in questions().items() if name in choice_questions()}
    answers = known | {"framework": "django", "concurrency": "sync"}
    return {name: q for name, q in recorded().items() if q.get("ask", True) and applies(name, answers)}


def test_a_terminal_shows_every_word_of_questions_and_errors(questions_only: Path, tmp_path: Path) -> None:
    with terminal([COPIER, "copy", questions_only, tmp_path / "out"]) as screen:
        for name, question in asked().items():
            screen.wait_for(question["help"])
            for answer, sentence in BAD.get(name, {}).items():
                screen.type(f"{TEXT}{answer}\r")
                screen.wait_for(sentence)
            screen.type(ANSWERS.get(name, f"{TEXT}Farm Shop\r" if name in BAD else "\r"))
        screen.wait_for("poe check")
        assert screen.process.wait(timeout=20) == 0
    answers = yaml.safe_load((tmp_path / "out/.copier-answers.yml").read_text())
    expected = {"project_name": "Farm Shop", "package_name": "farm_shop", "framework": "django", "concurrency": "sync"}
    assert answers.items() >= expected.items()


def test_every_error_is_shown_above() -> None:
    sentences = set(re.findall(r"^Type .+$", (ROOT / "includes" / "answers.jinja").read_text(), re.MULTILINE))
    assert {sentence for answers in BAD.values() for sentence in answers.values()} == sentences


def test_a_newcomer_is_asked_nine_questions() -> None:
    assert len([q for q in recorded().values() if q.get("ask", True) is True]) <= 9


def test_no_line_of_help_is_cut_off() -> None:
    for name, question in recorded().items():
        lines = [*question.get("help", "").splitlines(), *map(str, question.get("choices", []))]
        assert max(map(len, lines), default=0) <= 76, name
        if name not in ("sample",):
            assert "?" in question["help"], name


@pytest.mark.parametrize("name", questions())
def test_the_readme_lists_each_question_with_its_choices(name: str) -> None:
    (row,) = [line for line in (ROOT / "README.md").read_text().splitlines() if re.match(rf"\|[^|]*`{name}`", line)]
    assert [choice for choice in choices(name) if isinstance(choice, str) and f"`{choice}`" not in row] == []


def test_every_free_text_has_a_validator() -> None:
    for name, question in questions().items():
        assert name in choice_questions() or "validator" in question, name
