"""The documents that clients read are up to date."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def test_docs_problems_has_every_problem_type() -> None:
    done = subprocess.run([sys.executable, "tools/problems.py", "--check"], cwd=ROOT, capture_output=True, text=True)

    if done.returncode:
        pytest.fail(done.stderr, pytrace=False)


def test_a_committed_openapi_document_is_the_one_that_is_served(document: dict[str, Any]) -> None:
    committed = ROOT / "openapi.json"

    if committed.exists() and json.loads(committed.read_text(encoding="utf-8")) != document:
        pytest.fail("openapi.json is behind the routes: run `uv run poe openapi`, and commit the file.", pytrace=False)


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for methods in document["paths"].values() for operation in methods.values()]


def test_an_operation_is_called_like_its_function(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for operation in operations(document)]

    assert len(set(names)) == len(names), f"two routes have functions of one name: {sorted(names)}"
    assert document["paths"]["/health/live"]["get"]["operationId"] == "check_liveness"


def test_an_operation_has_what_linters_ask_for(document: dict[str, Any]) -> None:
    assert document["servers"] == [{"url": "/"}]
    for operation in operations(document):
        assert operation.keys() >= {"summary", "tags", "security"}
        assert operation.get("description"), f"the function {operation['operationId']} needs a docstring"
