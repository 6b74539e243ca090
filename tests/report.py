"""The table at the end of a run: what was checked in each variant, and how long it took."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

import pytest

from tests.variants import ROOT

MARKDOWN = ROOT / "build" / "variants.md"

type Cells = Mapping[str, Mapping[str, str]]


def record(request: pytest.FixtureRequest, variant: object, check: str) -> None:
    """Put the outcome of this test into the row of its variant and the column of its check."""
    request.node.user_properties.append(("cell", (str(variant), check)))


def cells(reports: Iterable[pytest.TestReport]) -> Cells:
    table: dict[str, dict[str, str]] = defaultdict(dict)
    for report in reports:
        for name, value in report.user_properties:
            if name == "cell":
                variant, check = cast(tuple[str, str], value)
                mark = "✓" if report.passed else "✗"
                table[variant][check] = f"{mark} {report.duration:.1f}"
    return table


def markdown(table: Cells) -> str:
    """Return the table with a row for each variant and a column for each check, in the order of their first use."""
    checks = list(dict.fromkeys(check for row in table.values() for check in row))
    head = f"| variant | {' | '.join(checks)} |\n|---|{'---:|' * len(checks)}\n"
    rows = (
        f"| {variant} | {' | '.join(row.get(check, '') for check in checks)} |"
        for variant, row in sorted(table.items())
    )
    return head + "\n".join(rows) + "\n"


def aligned(text: str) -> str:
    """Return a Markdown table with columns of equal width."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    del rows[1]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [r for kind in ("passed", "failed") for r in terminalreporter.stats.get(kind, []) if r.when == "call"]
    table = cells(reports)
    if not table:
        return
    text = markdown(table)
    _write(MARKDOWN, text)
    terminalreporter.section("variants (seconds)")
    terminalreporter.write_line(aligned(text))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
