"""What the services should reach, and what they did."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.figures import markdown, spread
from benchmarks.rounds import Ratios

READ = {"fastapi-async": 0.27, "fastapi-sync": 0.20, "django-async": 0.17, "django-sync": 0.13}
CREATE = {"fastapi-async": 0.85, "fastapi-sync": 0.85, "django-async": 1.3, "django-sync": 0.8}


@dataclass(frozen=True)
class Target:
    """``key`` is the ratio that counts; where less is better, ``value`` is the most that it may be."""

    what: str
    key: str
    value: float
    less_is_better: bool = False

    def row(self, variant: str, ratios: Ratios) -> list[str]:
        kinds = (self.key, f"{self.key}, by processor")
        bound = f"{'≤' if self.less_is_better else '≥'} {self.value:.3g}"
        return [
            f"{variant}: {self.what}",
            bound,
            *(self._met(ratios[kind]) if kind in ratios else "" for kind in kinds),
        ]

    def _met(self, measured: Sequence[float]) -> str:
        is_met = median(measured) <= self.value if self.less_is_better else median(measured) >= self.value
        return f"{'✓' if is_met else '✗'} {spread(measured)}"


def targets_of(variant: str) -> Iterable[Target]:
    if variant not in READ:
        return [Target("over its own finished files", "over finished files", 1.4, less_is_better=True)]
    return (
        Target("read over the floor", "read over the floor", READ[variant]),
        Target("create over the bare framework", "create", CREATE[variant]),
        Target("create without logs over the bare framework", "create without logs", 0.95),
        Target("list over the bare framework", "list", 1.0),
        Target("µs of a line in the access log", "access line", 30, less_is_better=True),
        Target("µs of an event's line", "event line", 20, less_is_better=True),
        Target("first answer over the bare framework", "first answer", 1.05, less_is_better=True),
        Target("memory after load over the bare framework", "memory", 1.0, less_is_better=True),
    )


def report(measured: Mapping[str, Ratios]) -> str:
    """Return each target beside what was measured, by the clock and by processor time, if there is any."""
    rows = [["", "target", "by the clock", "by processor time"]]
    for variant, ratios in measured.items():
        rows += [target.row(variant, ratios) for target in targets_of(variant) if target.key in ratios]
    return markdown(rows) if rows[1:] else ""
