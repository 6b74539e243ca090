"""Services on PostgreSQL work behind PgBouncer in transaction mode: their own integration tests pass through it."""

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from harness.pooling import EXECUTABLE, pooled
from harness.running import Project
from harness.serving import database_of
from harness.variants import TEMPLATE_TESTS, Answers, Variant, structures

VARIANTS = [pytest.param(v, id=str(v)) for v in structures() if v["database"] == "postgresql"]

# What needs a session or a server of its own.
DESELECTED = "not options_of_an_address"
TESTS = [
    "tests/integration",
    "tests/machinery/integration/test_market_races.py",
    "tests/machinery/integration/test_market_faults.py",
]


@pytest.mark.skipif(not EXECUTABLE and "CI" not in os.environ, reason="pgbouncer is not installed")
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_integration_tests_pass_through_a_pooler(variant: Variant, project: Callable[[Answers], Project]) -> None:
    service = project(variant.answers | TEMPLATE_TESTS)
    with (
        database_of(service) as server,
        TemporaryDirectory() as folder,
        pooled(server["DATABASE_URL"], Path(folder)) as address,
    ):
        service.uv_run(
            *("pytest", "--quiet", "-k", DESELECTED, *TESTS),
            environment={"TEST_DATABASE_URL": address},
        )
