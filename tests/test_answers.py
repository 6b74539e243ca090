"""Answers: rejected with one sentence, or rendered as they were given."""

import ast
import json
import keyword
import re
import shutil
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from copier._cli import CopierApp
from ruff import find_ruff_bin

from harness.names import NAMES
from harness.rendering import Render, export_template, rendered_files
from harness.running import Project, run
from harness.variants import TEMPLATE_TESTS, Answers, Variant, executed_variants, questions, structures

POSSIBLE = re.compile(r"(?=.{2,40}\Z)[a-z][a-z0-9]*(_[a-z0-9]+)*")
COPIER = shutil.which("copier", path=Path(sys.executable).parent) or ""

HOSTILE = [
    "",
    " ",
    " leading",
    "trailing ",
    "x" * 61,
    "x" * 10_000,
    'quote"d',
    "back\\slash",
    'triple"""quotes',
    "two\nlines",
    'x"\n[tool.poe.tasks]\ncheck = "true"',
    "tab\tbed",
    "${{ secrets.X }}",
    "$(id)",
    "`id`",
    "{{ 7*7 }}",
    "{% raw %}",
    "<script>",
    "# comment",
    "100%",
    "right\u202eto left",
    "zero\u200bwidth",
    "line\u2028separator",
    "byte\ufefforder",
    "next\x85line",
    "delete\x7f",
    "escape\x1b[31m",
]
GOOD = [
    "O'Hara's 🌽 Shop",
    "日本の市場",
    "Čeština",
    "--help",
    "yes",
    "null",
    "3.10",
    "- item",
    "key: value",
    "a, b; c & d",
    "!tag",
    "@at",
    "*",
]
TEXT_VALIDATOR = "{% from pathjoin('includes', 'answers.jinja') import text %}{{ text() }}"
FREE_TEXT = ["project_name", "description", "author_name"]

BAD_PACKAGES = [
    "", "x", "a" * 41, "1st", "_x", "x_", "a__b", "a-b", "a.b", "a/b", "../up", "-rf", "Shop", "shöp", "my shop",
    "abc\n", "class", "match", "json", "test", "tests", "django", "pydantic", "con", "src", "docs",
]  # fmt: skip
BAD_EMAILS = [
    "a", "a@b", "@b.de", "a@b.", "a b@c.de", "a@b.de\n", 'a"@b.de', "a@b.de>", "<a@b.de>", "a@b..de", "ä@b.de",
    "a@b.de, c@d.de", "a@" + "b" * 100 + ".de", "$(id)@b.de", "{{x}}@b.de", "a\\@b.de", "a@b.de#", "a\u202e@b.de",
    "a;@b.de", " ",
]  # fmt: skip


def command_line(template: Path, folder: Path, answers: dict[str, str]) -> list[str]:
    """Return the command that a user would type, without ``--trust``."""
    data = [word for name, value in answers.items() for word in ("--data", f"{name}={value}")]
    return ["copier", "copy", "--quiet", "--defaults", *data, str(template), str(folder)]


def ask(template: Path, folder: Path, answers: dict[str, str]) -> int:
    """Run Copier's real command line in this process, which saves a second of imports for each answer."""
    _, code = CopierApp.run(command_line(template, folder, answers), exit=False)
    return code


def sentence_on(template: Path, folder: Path, answers: dict[str, str]) -> str:
    """Return what the command line says to a bad answer."""
    with pytest.raises(ValueError, match=r"Type|required") as error:
        ask(template, folder, answers)
    return re.sub(r"^Validation error for question '\w+': ", "", str(error.value))


@pytest.fixture(scope="session")
def questions_only(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The questions over a template of one file: what is asked is tried here, and what is rendered elsewhere."""
    folder = tmp_path_factory.mktemp("questions")
    export_template(folder)
    for path in sorted((folder / "template").rglob("*"), reverse=True):
        if "_copier_conf" not in path.name:
            path.rmdir() if path.is_dir() else path.unlink()
    return folder


CASES = [
    *(("project_name", value) for value in HOSTILE),
    *(("package_name", value) for value in BAD_PACKAGES),
    *(("author_email", value) for value in BAD_EMAILS),
]


@pytest.mark.parametrize(("name", "value"), CASES)
def test_a_bad_answer_is_rejected_in_one_sentence(name: str, value: str, questions_only: Path, tmp_path: Path) -> None:
    assert re.fullmatch(r"Type .+", sentence_on(questions_only, tmp_path / "out", {name: value}))
    assert not (tmp_path / "out").exists()


def test_all_free_texts_have_the_same_validator() -> None:
    """The bad answers above are tried on one of them."""
    assert {questions()[name]["validator"].replace(name, "") for name in FREE_TEXT} == {TEXT_VALIDATOR}


def test_a_rejected_answer_ends_the_command_with_one_sentence(questions_only: Path, tmp_path: Path) -> None:
    command = command_line(questions_only, tmp_path / "out", {"package_name": "json"})
    output = run(COPIER, *command[1:], cwd=tmp_path, check=False)

    assert output.strip().splitlines()[-1].startswith("ValueError: Validation error for question 'package_name': Type")
    assert not (tmp_path / "out").exists()


def test_nul_never_gets_that_far(tmp_path: Path) -> None:
    """No command line can pass it on."""
    with pytest.raises(ValueError, match="embedded null"):
        run(COPIER, "copy", "--data", "project_name=a\0b", cwd=tmp_path)


@pytest.mark.parametrize("value", GOOD)
def test_a_good_answer_comes_back_as_it_was_given(value: str, render: Render) -> None:
    answers = dict.fromkeys(FREE_TEXT, value) | {"package_name": "shop"}
    texts = {path: content.decode() for path, content in rendered_files(render(answers)).items()}

    project = tomllib.loads(texts["pyproject.toml"])["project"]
    remembered = yaml.safe_load(texts[".copier-answers.yml"])
    assert project["description"] == value
    assert project["authors"] == [{"name": value}]
    assert {name: remembered[name] for name in FREE_TEXT} == dict.fromkeys(FREE_TEXT, value)
    assert texts["README.md"].startswith(f"# {value}\n")
    strings = {
        node.value
        for node in ast.walk(ast.parse(texts["src/shop/config/runtime/command_line.py"]))
        if isinstance(node, ast.Constant)
    }
    assert value in strings


def test_a_name_that_gives_no_package_asks_for_one(questions_only: Path, tmp_path: Path) -> None:
    sentence = sentence_on(questions_only, tmp_path / "out", {"project_name": "日本"})

    assert sentence == 'Question "package_name" is required'


@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("My Service", "my_service"),
        ("O'Hara's 🌽 Shop 2", "o_hara_s_shop_2"),
        ("3D-Shop", "d_shop"),
        ("a" * 60, "a" * 40),
    ],
)
def test_a_package_is_proposed_from_the_name(name: str, package: str, questions_only: Path, tmp_path: Path) -> None:
    assert ask(questions_only, tmp_path / "out", {"project_name": name}) == 0
    assert yaml.safe_load((tmp_path / "out/.copier-answers.yml").read_text())["package_name"] == package


def rejected_names() -> set[str]:
    text = (Path(__file__).parents[1] / "includes" / "answers.jinja").read_text()
    return {word for block in re.findall(r'_names = "(.*?)"', text, re.DOTALL) for word in block.split()}


def test_no_package_may_be_called_like_a_part_of_python() -> None:
    names = {*sys.stdlib_module_names, *keyword.kwlist, *keyword.softkwlist}
    possible = {name for name in names if POSSIBLE.fullmatch(name)}
    assert possible - rejected_names() == set()


@pytest.mark.parametrize("variant", [pytest.param(variant, id=str(variant)) for variant in executed_variants()])
def test_no_package_may_be_called_like_what_a_service_installs(
    variant: Variant, project: Callable[[Answers], Project]
) -> None:
    script = "from importlib.metadata import packages_distributions as p; import json; print(json.dumps(list(p())))"
    installed = set(json.loads(project(variant.answers).uv_run("python", "-c", script))) - {"my_service"}
    importable = {
        name for name in installed if re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name) and 1 < len(name) <= 40
    }
    assert importable - rejected_names() == set()


# How long the name is matters in every variant, the rest is the same in all of them.
NAMED = [(name, variant) for variant in executed_variants() for name in ("shortest", "longest")]
NAMED += [(name, variant) for variant in structures()[::7] for name in NAMES if name not in ("shortest", "longest")]


@pytest.mark.parametrize(("name", "variant"), [pytest.param(*case, id="-".join(map(str, case))) for case in NAMED])
def test_the_render_is_clean_whatever_the_name(name: str, variant: Variant, render: Render) -> None:
    folder = render(variant.answers | NAMES[name] | TEMPLATE_TESTS)
    for command in (["check"], ["format", "--check", "--diff"]):
        run(find_ruff_bin(), *command, "--no-cache", ".", cwd=folder)
