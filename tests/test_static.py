"""Every three choices together, checked as text: what can be known without running it."""

import ast
import json
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml
from ruff import find_ruff_bin

from harness.rendering import Render, rendered_files
from harness.report import record
from harness.running import run
from harness.variants import PYTHON, TEMPLATE_TESTS, Variant, applies, recorded, text_variants

VARIANTS = [pytest.param(variant, id=str(variant)) for variant in text_variants()]
ASYNC_WORDS = re.compile(r"\basync\b|\bawait\b|asyncio|__a(enter|exit|iter|next)__|\bAsync[A-Z]|\basync_|\baiosqlite\b")

# ASGI is async by its nature: a sync service on FastAPI has async words in the rooms that speak it, and nowhere else.
ASGI_GLUE = re.compile(
    r"src/\w+/adapter/in_/http/(edge|framework)/.*|src/\w+/config/runtime/(application|lifespan|server\w*)\.py"
    r"|tests/(machinery/.*|support/in_process\.py)"
)

# Words that only one choice may bring into a service, in any file of it.
WORDS_OF = {
    ("framework", "fastapi"): r"fastapi|starlette|sqlalchemy|alembic",
    ("framework", "django"): r"django|ninja|gunicorn",
    ("database", "sqlite"): r"sqlite",
    ("database", "postgresql"): r"postgres|psycopg|pgserver",
    ("docker", True): r"docker|kubernetes",
    ("ci", "github"): r"github",
    ("ci", "gitlab"): r"gitlab",
    ("telemetry", "otlp"): r"opentelemetry|otel",
    ("cli", True): r"\btyper\b|\brich\b",
    ("auth", "accounts"): r"token_key|(?<!\w)/tokens",
    ("auth", "oidc"): r"oidc_issuer|jwks",
    ("client", True): r"stamina|exchange.?rate|circuit",
    ("cache", "redis"): r"\bredis.?store",
    ("worker", "dramatiq"): r"dramatiq|broker.?url",
    ("admin", True): r"whitenoise|contrib\.admin\b",
}

# Words that each of these choices may bring.
WORDS_OF_SEVERAL = {
    (("cache", "redis"), ("worker", "dramatiq")): r"redis",
    (("worker", "database"), ("worker", "dramatiq")): r"outbox|dead.letter",
}

ANSWERS = ".copier-answers.yml"

# It looks for traces of any technology in responses, and has to name them.
MAY_NAME_ALL = re.compile(r"^    r\"\|SELECT\|.*$", re.MULTILINE)

# Distributions whose module has another name.
MODULE_OF = {
    "argon2-cffi": "argon2",
    "pyjwt": "jwt",
    "django-ninja": "ninja",
    "opentelemetry-api": "opentelemetry",
    "opentelemetry-exporter-otlp-proto-http": "opentelemetry",
    "opentelemetry-sdk": "opentelemetry",
}


@pytest.fixture(params=VARIANTS)
def variant(request: pytest.FixtureRequest) -> Variant:
    chosen: Variant = request.param
    record(request, chosen, f"text {chosen[PYTHON]}")
    return chosen


@pytest.fixture
def folder(variant: Variant, render: Render) -> Path:
    return render(variant.answers | TEMPLATE_TESTS)


@pytest.fixture
def texts(folder: Path) -> Mapping[str, str]:
    return {path: content.decode() for path, content in rendered_files(folder).items()}


def test_it_is_clean(folder: Path) -> None:
    """Linted and formatted, by the rules of the render itself."""
    for command in (["check"], ["format", "--check", "--diff"]):
        run(find_ruff_bin(), *command, "--no-cache", ".", cwd=folder)


def test_every_file_parses(texts: Mapping[str, str]) -> None:
    parse: dict[str, Callable[[str], object]] = {
        ".py": ast.parse,
        ".toml": tomllib.loads,
        ".json": json.loads,
        ".yml": _yaml,
        ".yaml": _yaml,
    }
    for path, text in texts.items():
        if parser := parse.get(Path(path).suffix):
            parser(text)


def _yaml(text: str) -> list[object]:
    return list(yaml.safe_load_all(text))


def test_no_jinja_is_left(texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        left = re.findall(r"\{%|(?<!\$)\{\{ |\{#|\.jinja", text)
        assert not left, f"{path}: {left}"


def test_no_file_or_folder_is_empty_and_no_line_ends_in_blanks(folder: Path, texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        assert text.strip(), f"{path} is empty"
        assert text.endswith("\n"), f"{path} has no newline at its end"
        assert not text.endswith("\n\n"), f"{path} has empty lines at its end"
        assert not re.search(r"[ \t]+$", text, re.MULTILINE), f"{path} has blanks at the end of a line"
        prose = re.sub(r"^```.*?^```$", "```", text, flags=re.MULTILINE | re.DOTALL)
        assert "\n\n\n" not in prose or path.endswith((".py", ".mako")), f"{path} has more than one empty line in a row"
    empty = [path for path in folder.rglob("*") if path.is_dir() and not any(path.iterdir())]
    assert not empty


def test_nothing_tells_of_a_choice_not_made(variant: Variant, texts: Mapping[str, str]) -> None:
    """But for the answers themselves."""
    said = {path: f"{path}\n{MAY_NAME_ALL.sub('', text)}" for path, text in texts.items() if path != ANSWERS}
    for choices, words in [*(((choice,), words) for choice, words in WORDS_OF.items()), *WORDS_OF_SEVERAL.items()]:
        if all(variant[question] != choice for question, choice in choices):
            traces = {path: found for path, text in said.items() if (found := re.findall(f"(?i){words}", text))}
            assert not traces, f"not chosen: {choices}"


def test_a_sync_service_has_no_async_word(variant: Variant, texts: Mapping[str, str]) -> None:
    if variant["concurrency"] == "async":
        pytest.skip("only a sync service has no colour")
    may_be_async = ASGI_GLUE if variant["framework"] == "fastapi" else re.compile("tests/machinery/.*")
    coloured = {
        path: words
        for path, text in texts.items()
        if path.endswith(".py") and not may_be_async.fullmatch(path) and (words := ASYNC_WORDS.findall(text))
    }
    assert not coloured


def test_the_core_may_import_no_dependency(texts: Mapping[str, str]) -> None:
    pyproject = tomllib.loads(texts["pyproject.toml"])
    contracts = {contract["name"]: contract for contract in pyproject["tool"]["importlinter"]["contracts"]}
    names = {re.split(r"[^\w-]", dependency)[0] for dependency in pyproject["project"]["dependencies"]}
    modules = {MODULE_OF.get(name, name.replace("-", "_")) for name in names}

    assert modules <= set(contracts["The core is plain Python"]["forbidden_modules"])


def test_no_relative_link_is_dead(folder: Path, texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        if path.endswith(".md"):
            for link in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text):
                assert (folder / path).parent.joinpath(link).exists(), f"{path} links to {link}"


def test_the_answers_are_complete(variant: Variant, texts: Mapping[str, str]) -> None:
    answers = yaml.safe_load(texts[ANSWERS])
    asked = {name for name in recorded() if applies(name, variant.answers)}
    assert {name for name in answers if not name.startswith("_")} == asked
    assert answers.items() >= {name: value for name, value in variant.answers.items() if name in asked}.items()
    assert "_src_path" in answers
