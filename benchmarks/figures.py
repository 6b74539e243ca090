"""Figures as they are printed: a median with its spread, and a table."""

import resource
from collections.abc import Sequence
from statistics import median


def processor_seconds() -> float:
    """Return what this process and the processes that it started have used."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


def spread(values: Sequence[float]) -> str:
    """Return the median of the values and, if there are several, the smallest and the largest."""
    if len(values) == 1:
        return f"{values[0]:.2f}"
    return f"{median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return the rows as a Markdown table; the first row is its head, and figures stand to the right."""
    head, *others = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|---" + "|---:" * (len(rows[0]) - 1) + "|", *others])
