"""The OpenAPI document: the same under every framework, and true."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.report import record
from harness.running import Project, run
from harness.serving import console_script, database_of, served
from harness.variants import ROOT, Answers, Variant, structures

type Projects = Callable[[Answers], Project]

VARIANTS = [pytest.param(v, id=str(v)) for v in structures()]
DOCUMENT = ROOT / "tests" / "openapi.json"
SCHEMATHESIS = Path(sys.executable).with_name("st")

# A NUL is refused wherever it stands, which no schema can say of members that are ignored.
OPTIONS = ("--checks", "all", "--max-examples", "50", "--generation-deterministic", "--generation-allow-x00", "false")


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_document_is_the_same_in_all_variants(variant: Variant, project: Projects) -> None:
    """It stands in ``tests/openapi.json``; what changes there changes for every client of every service."""
    service = project(variant.answers)
    assert json.loads(service.uv_run(console_script(service), "openapi")) == json.loads(DOCUMENT.read_text())


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_service_does_what_its_document_says(
    variant: Variant, project: Projects, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    record(request, variant, "schemathesis")
    service = project(variant.answers)
    with database_of(service) as environment:
        service.uv_run(console_script(service), "migrate", environment=environment)
        with served(service, tmp_path / "served.log", environment) as client:
            document = str(client.base_url.join("/openapi.json"))
            output = run(SCHEMATHESIS, "run", document, *OPTIONS, cwd=tmp_path, check=False)
    assert "No issues found" in output, output
