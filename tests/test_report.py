"""The table at the end of a run."""

from typing import Literal

import pytest

from harness.report import aligned, cells, markdown


def report(
    variant: str,
    check: str,
    seconds: float,
    outcome: Literal["passed", "failed", "skipped"] = "passed",
    when: Literal["setup", "call"] = "call",
) -> pytest.TestReport:
    properties: list[tuple[str, object]] = [("cell", (variant, check))]
    return pytest.TestReport(
        "nodeid", ("file", 1, "name"), {}, outcome, None, when, user_properties=properties, duration=seconds
    )


def test_rows_and_columns_keep_their_order_and_show_what_failed_or_did_not_run() -> None:
    table = cells(
        [
            report("django-sync-sqlite", "tests", 2.25, "failed"),
            report("django-sync-sqlite", "text 3.12", 1, "skipped"),
            report("fastapi-async-sqlite", "types", 3),
            report("fastapi-async-sqlite", "text 3.12", 0.5),
            report("fastapi-async-sqlite", "text 3.12", 0.25),
            report("fastapi-async-sqlite", "sync", 1, "failed", "setup"),
        ]
    )
    text = markdown(table)
    assert text.splitlines() == [
        "| variant | text 3.12 | sync | types | tests | all |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        "| fastapi-async-sqlite | ✓ 0.8 | ✗ 1.0 | ✓ 3.0 | - | 4.8 |",
        "| django-sync-sqlite | - 1.0 | - | - | ✗ 2.2 | 3.2 |",
        "| all | 1.8 | 1.0 | 3.0 | 2.2 | 8.0 |",
    ]
    assert aligned(text).splitlines()[1] == "fastapi-async-sqlite      ✓ 0.8  ✗ 1.0  ✓ 3.0      -  4.8"


def test_a_test_that_fails_once_fails_its_check_for_good() -> None:
    table = cells([report("v", "tests", 1, "failed"), report("v", "tests", 1)])
    assert str(table["v"]["tests"]) == "✗ 2.0"
