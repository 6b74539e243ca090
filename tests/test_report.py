"""The table at the end of a run."""

from typing import Literal

import pytest

from harness.report import aligned, cells, markdown
from harness.variants import executed_variants

FIRST, *_, OTHER = map(str, executed_variants())


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
            report(OTHER, "tests", 2.25, "failed"),
            report(OTHER, "text 3.12", 1, "skipped"),
            report(FIRST, "types", 3),
            report(FIRST, "text 3.12", 0.5),
            report(FIRST, "text 3.12", 0.25),
            report(FIRST, "sync", 1, "failed", "setup"),
        ]
    )
    text = markdown(table)
    assert text.splitlines() == [
        "| variant | text 3.12 | sync | types | tests | all |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        f"| {FIRST} | ✓ 0.8 | ✗ 1.0 | ✓ 3.0 | - | 4.8 |",
        f"| {OTHER} | - 1.0 | - | - | ✗ 2.2 | 3.2 |",
        "| all | 1.8 | 1.0 | 3.0 | 2.2 | 8.0 |",
    ]
    width = max(len(FIRST), len(OTHER))
    assert aligned(text).splitlines()[1] == f"{FIRST.ljust(width)}      ✓ 0.8  ✗ 1.0  ✓ 3.0      -  4.8"


def test_a_test_that_fails_once_fails_its_check_for_good() -> None:
    table = cells([report("v", "tests", 1, "failed"), report("v", "tests", 1)])
    assert str(table["v"]["tests"]) == "✗ 2.0"
