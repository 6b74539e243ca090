"""The table at the end of a run: what was checked in each executed variant, and how long it took."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.running import CHECK_ALL
from harness.variants import PYTHON, ROOT, Variant, choices, executed_variants

MARKDOWN = ROOT / "build" / "variants.md"

# In this order, whatever order the tests were run in; a column or row that nothing has come for is left out.
COLUMNS = [
    *(f"text {version}" for version in choices(PYTHON)),
    "sync",
    *CHECK_ALL,
    "serves",
    "schemathesis",
    "no sample",
]


@dataclass
class Cell:
    """What became of one check of one variant, which may be the work of several tests."""

    seconds: float = 0
    passed: bool = False
    failed: bool = False

    def add(self, report: pytest.TestReport) -> None:
        self.seconds += report.duration
        self.passed |= report.when == "call" and report.passed
        self.failed |= report.failed

    def __str__(self) -> str:
        return f"{'✗' if self.failed else '✓' if self.passed else '-'} {self.seconds:.1f}"


type Table = Mapping[str, Mapping[str, Cell]]


def record(request: pytest.FixtureRequest, variant: Variant | str, check: str) -> None:
    """Put the outcome of this test into the row of its variant and the column of its check.

    What is not executed, but checked as text, goes into the first row of its structure.
    """
    row = variant if isinstance(variant, str) else str(executed(variant))
    request.node.user_properties.append(("cell", (row, check)))


def executed(variant: Variant) -> Variant:
    rows = executed_variants()
    return variant if variant in rows else next(row for row in rows if row.structure == variant.structure)


def cells(reports: Iterable[pytest.TestReport]) -> Table:
    table: dict[str, dict[str, Cell]] = defaultdict(lambda: defaultdict(Cell))
    for report in reports:
        for name, value in report.user_properties:
            if name == "cell" and isinstance(value, (tuple, list)):
                variant, check = value
                table[variant][check].add(report)
    return table


def in_order(names: Iterable[str], order: list[str]) -> list[str]:
    """Return the names in this order, and those that it does not hold at the end."""
    return sorted(set(names), key=lambda name: (order.index(name) if name in order else len(order), name))


def markdown(table: Table) -> str:
    """Return the table with a row for each variant and a column for each check, and the seconds of each."""
    checks = in_order((check for row in table.values() for check in row), COLUMNS)
    sums = {check: sum(row[check].seconds for row in table.values() if check in row) for check in checks}
    lines = [["variant", *checks, "all"], ["---", *("---:" for _ in checks), "---:"]]
    for variant in in_order(table, [str(variant) for variant in executed_variants()]):
        row = table[variant]
        marks = [str(row[check]) if check in row else "-" for check in checks]
        lines.append([variant, *marks, f"{sum(cell.seconds for cell in row.values()):.1f}"])
    lines.append(["all", *(f"{sums[check]:.1f}" for check in checks), f"{sum(sums.values()):.1f}"])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def aligned(text: str) -> str:
    """Return a Markdown table with columns of equal width, numbers to the right."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    del rows[1]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join([first.ljust(widths[0]), *map(str.rjust, others, widths[1:])]) for first, *others in rows
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    found = (report for reports in terminalreporter.stats.values() for report in reports)
    table = cells(report for report in found if isinstance(report, pytest.TestReport))
    if not table:
        return
    text = markdown(table)
    _write(MARKDOWN, text)
    terminalreporter.section("variants (seconds)")
    terminalreporter.write_line(aligned(text))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
