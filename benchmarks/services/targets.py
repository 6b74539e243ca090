"""What the services should reach, and what they did."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.figures import markdown, spread
from benchmarks.services.rounds import Ratios

# A read over the floor, by the service without its edge; with it and with its records, at least this share of that.
READ = {"fastapi-async": 0.11, "fastapi-sync": 0.15, "django-sync": 0.12, "django-async": 0.055}
SHARE, LAYERS, FLAT = 0.85, 0.95, 0.9

# What full-stack-fastapi-template once reached over the same floor, as it is shipped: a recorded ratio.
PEER = 0.030
OVER_PEER = {"fastapi-async": 3.5, "fastapi-sync": 4.5, "django-sync": 4.0, "django-async": 1.8}

# Seconds and megabytes over the bare framework: at most.
START, MEMORY = 1.15, 1.15

BARS = ("bare framework", "service without edge", "service")


@dataclass(frozen=True)
class Target:
    """``key`` is the ratio that counts; where less is better, ``value`` is the most that it may be."""

    what: str
    key: str
    value: float
    over: float = 1
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
        values = [value / self.over for value in measured]
        is_met = median(values) <= self.value if self.less_is_better else median(values) >= self.value
        return f"{'✓' if is_met else '✗'} {spread(values)}"


def targets_of(variant: str) -> Iterable[Target]:
    read, core = READ[variant], "service without edge"
    return (
        Target("read over the floor, without edge and records", core, read),
        Target("read over the floor, with both", "service", read * SHARE),
        Target(f"over the peer's recorded {PEER:.3f}", core, OVER_PEER[variant], over=PEER),
        Target("layers over the straight query", "layers", LAYERS),
        Target("import over the bare framework", "import", START, less_is_better=True),
        Target("first answer over the bare framework", "first answer", START, less_is_better=True),
        Target("memory after load over the bare framework", "memory", MEMORY, less_is_better=True),
        Target("read from 1,000,000 rows over 10", "rows", FLAT),
    )


def report(measured: Mapping[str, Ratios]) -> str:
    """Return each target beside what was measured, by the clock and by processor time, if there is any."""
    rows = [["", "target", "by the clock", "by processor time"]]
    for variant, ratios in measured.items():
        rows += [target.row(variant, ratios) for target in targets_of(variant) if target.key in ratios]
    return markdown(rows) if rows[1:] else ""
