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
