"""Parts: fragments meet places, options leave no trace, and there is little Jinja in Python."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_copie.plugin import Copie

from harness.rendering import Render, export_template, rendered_files
from harness.rendering import render as render_once
from harness.variants import ROOT, Answers, choices, executed_variants, layers_of, options

PLACE = re.compile(r"parts_(?:at|within|before|after|items)\(\"(\w+)\"")
CONTROL = re.compile(r"\{%")

# These decide nothing: the import and the call of a macro, and text that is not Jinja.
MACROS = re.compile(r"\{% (from|call|endcall|raw|endraw)\b")


def sources(pattern: str = "*") -> list[Path]:
    return [path for path in (ROOT / "template").rglob(pattern) if path.is_file()]


def places() -> list[str]:
    return [place for path in sources("*.jinja") for place in PLACE.findall(path.read_text())]


def fragments() -> Iterator[Path]:
    return (ROOT / "includes" / "parts").rglob("*")


def test_every_fragment_has_a_place() -> None:
    files = [path for path in fragments() if path.is_file()]
    assert files
    assert {path.name.removesuffix(".jinja") for path in files} - set(places()) == set()


def test_every_fragment_is_of_a_part() -> None:
    """A folder that no part is named like would never be rendered."""
    declared = re.findall(r"'(\w+)': \1\b", (ROOT / "copier.yml").read_text())
    folders = {path.name for path in fragments() if path.is_dir()}
    assert declared
    assert folders - set(declared) == set()


def test_every_layer_is_a_part() -> None:
    text = (ROOT / "copier.yml").read_text()
    layers = re.findall(r"^(\w+): \{type: str, when: false, default: \"\{\{ '[.]?' if", text, re.MULTILINE)
    declared = re.findall(r"'(\w+)': \1\b", text)
    assert set(declared) == set(layers)


def python_lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


def test_less_than_two_percent_of_python_lines_are_jinja_control() -> None:
    lines = [line for path in sources() if ".py" in path.suffixes for line in python_lines(path)]
    control = [line for line in lines if CONTROL.search(line) and not MACROS.search(line)]
    assert len(control) < len(lines) * 0.02, f"{len(control)} of {len(lines)}"


def test_no_path_has_a_condition() -> None:
    """A layer decides for all that is in it; the only other names are those of the package and of the answers file."""
    names = {name for path in sources() for name in path.relative_to(ROOT / "template").parts if "{" in name}
    assert names
    assert [name for name in names if not re.fullmatch(r"\{\{ [\w.]+ \}\}(\.jinja)?", name)] == []


def controlled_functions(text: str) -> list[str]:
    """Return the functions with control in their bodies."""
    found = []
    opened: list[tuple[int, str]] = []  # the indentation and the name of every function around
    waiting = False  # there was control, and the line after it says in which function
    for line in text.splitlines():
        code = line.lstrip()
        if not code or MACROS.search(line):
            continue
        if line.startswith("{%"):
            waiting = True
            continue
        indentation = len(line) - len(code)
        opened = [(at, name) for at, name in opened if at < indentation or code.startswith(")")]
        if opened and (waiting or CONTROL.search(line)):
            found.append(opened[-1][1])
        waiting = False
        if function := re.match(r"(?:async )?def (\w+)", code):
            opened.append((indentation, function[1]))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def one() -> int:\n{% if x %}\n    return 1\n{% endif %}\n", ["one"]),
        ("def one() -> int:\n    return {% if x %}1{% else %}2{% endif %}\n", ["one"]),
        ("def one() -> int:\n    return 1\n{% if x %}\n\n\ndef two() -> int:\n    return 2\n{% endif %}\n", []),
        (
            "class One:\n{% if x %}\n    a = 1\n{% endif %}\n\n    async def b(\n        self,\n    ) -> int:\n"
            "{% set y = 1 %}\n        return 1\n",
            ["b"],
        ),
    ],
)
def test_control_in_a_function_is_found(text: str, expected: list[str]) -> None:
    assert controlled_functions(text) == expected


def test_no_function_has_control_in_its_body() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): controlled_functions(path.read_text()) for path in sources("*.py.jinja")
    }
    assert {path: functions for path, functions in found.items() if functions} == {}


OFF = [
    pytest.param(layer, option, next(choice for choice in choices(option) if choice != answer), id=layer)
    for layer, (option, answer) in layers_of(options()).items()
]


@pytest.mark.parametrize(("layer", "option", "off"), OFF)
def test_an_option_that_is_off_leaves_no_trace(
    layer: str, option: str, off: object, copie_session: Copie, render: Render, tmp_path: Path
) -> None:
    """The render has the same bytes as that of a template without this layer and its fragments."""
    without = export_template(tmp_path / "template")
    for folder in [*(without / "template").rglob(f"{{{{ {layer} }}}}"), without / "includes" / "parts" / layer]:
        shutil.rmtree(folder, ignore_errors=True)
    for variant in executed_variants()[::7]:
        answers: Answers = {**variant.answers, option: off}
        bare = render_once(copie_session, without, tmp_path / "renders", answers)
        assert _without_source(bare) == _without_source(render(answers))


def _without_source(folder: Path) -> dict[str, bytes]:
    """Return all files except the one that names the template's folder."""
    return {path: content for path, content in rendered_files(folder).items() if path != ".copier-answers.yml"}
