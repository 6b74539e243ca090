"""The OpenAPI document: the same under every framework, true, and of use to linters and generators of clients."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.report import record
from harness.running import UV, Project, run
from harness.serving import console_script, database_of, served
from harness.variants import ROOT, Answers, Variant, structures

type Projects = Callable[[Answers], Project]

VARIANTS = [pytest.param(v, id=str(v)) for v in structures()]
DOCUMENT = ROOT / "tests" / "openapi.json"
SCHEMATHESIS = Path(sys.executable).with_name("st")

REDOCLY, CLIENT_GENERATOR = "@redocly/cli@2.77.0", "openapi-python-client==0.29.1"
CLIENT_LIBRARIES = ("--with", "attrs", "--with", "httpx", "--with", "python-dateutil")

USE_THE_CLIENT = """
import sys
from client import Client
from client.api.health import check_readiness
from client.api.markets import create_market, get_market, list_markets, publish_market
from client.models import MarketBody, MarketPageBody, MoneyBody, NewMarketBody, Problem

client = Client(base_url=sys.argv[1])
new = NewMarketBody(name="Typed", slug="typed-client", fee=MoneyBody(amount="12.50", currency="EUR"))
created = create_market.sync(client=client, body=new)
assert isinstance(created, MarketBody) and created.fee.amount == "12.50", created
taken = create_market.sync(client=client, body=new)
assert isinstance(taken, Problem) and taken.type_ == "urn:problem-type:market-slug-taken", taken
assert get_market.sync("typed-client", client=client) == created
assert publish_market.sync("typed-client", client=client).status == "ACTIVE"
page = list_markets.sync(client=client, limit=100)
assert isinstance(page, MarketPageBody), page
assert check_readiness.sync(client=client).status == "ok"
print("the typed client works")
"""

FEE = "/markets/{slug}/fee"  # no schema can say which currencies have a rate

# A NUL is rejected everywhere, which no schema can say of members that are ignored.
OPTIONS = ("--checks", "all", "--max-examples", "50", "--generation-deterministic", "--generation-allow-x00", "false")


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_document_is_the_same_in_all_variants(variant: Variant, project: Projects) -> None:
    """A change in ``tests/openapi.json`` is a change for every client of every service."""
    service = project(variant.answers)
    found = json.loads(service.uv_run(console_script(service), "openapi"))
    expected = json.loads(DOCUMENT.read_text())
    if variant["client"]:  # it adds a path, and its schemas
        assert found["paths"].pop(FEE)
        found["components"]["schemas"] = {
            name: found["components"]["schemas"][name] for name in expected["components"]["schemas"]
        }
    assert found == expected


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_service_does_what_its_document_says(
    variant: Variant, project: Projects, request: pytest.FixtureRequest, tmp_path: Path, typed_client: Path
) -> None:
    record(request, variant, "schemathesis")
    service = project(variant.answers)
    with database_of(service) as environment:
        service.uv_run(console_script(service), "migrate", environment=environment)
        with served(service, tmp_path / "served.log", environment) as client:
            document = str(client.base_url.join("/openapi.json"))
            without = ("--exclude-path", FEE) if variant["client"] else ()
            output = run(SCHEMATHESIS, "run", document, *OPTIONS, *without, cwd=tmp_path, check=False)
            python = (UV, "run", "--quiet", "--no-project", *CLIENT_LIBRARIES, "python")
            used = run(*python, "-c", USE_THE_CLIENT, str(client.base_url), cwd=typed_client, check=False)
    assert "No issues found" in output, output
    assert "the typed client works" in used, used


@pytest.fixture(scope="session")
def typed_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a client that is generated from the document."""
    folder = tmp_path_factory.mktemp("typed-client")
    generate = ("generate", "--path", str(DOCUMENT), "--meta", "none", "--output-path", "client", "--fail-on-warning")
    run(UV, "tool", "run", "--quiet", CLIENT_GENERATOR, *generate, cwd=folder)
    return folder


def test_redocly_finds_no_error_in_the_document() -> None:
    """Its only warning is the licence, which is for each team to name."""
    command = (installed_redocly(), "lint", "--extends=recommended", "--skip-rule=info-license", DOCUMENT)
    output = run(*command, cwd=ROOT, check=False, environment={"REDOCLY_TELEMETRY": "off"})
    assert "Your API description is valid" in output, output
    assert "warning" not in output.lower().replace("deprecation warning", ""), output


def installed_redocly() -> Path:
    folder = ROOT / "build" / "redocly"
    redocly = folder / "node_modules" / ".bin" / "redocly"
    if not redocly.exists():
        if not shutil.which("npm"):
            (pytest.fail if os.environ.get("CI") else pytest.skip)("npm is not installed, and installs the linter")
        folder.mkdir(parents=True, exist_ok=True)
        run("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, REDOCLY, cwd=folder)
    return redocly
