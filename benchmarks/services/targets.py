"""What the services should reach, and what they did."""

from collections.abc import Mapping, Sequence
from statistics import median

from benchmarks.figures import markdown, spread

# A read over the floor, by the service without its edge; with it and with its records, at least this share of that.
READ = {"fastapi-async": 0.11, "fastapi-sync": 0.15, "django-sync": 0.12, "django-async": 0.055}
SHARE, LAYERS = 0.85, 0.95

# What full-stack-fastapi-template once reached over the same floor, as it is shipped: a recorded ratio.
PEER = 0.030
OVER_PEER = {"fastapi-async": 3.5, "fastapi-sync": 4.5, "django-sync": 4.0, "django-async": 1.8}

BARS = ("bare framework", "service without edge", "service")


def report(measured: Mapping[str, Mapping[str, Sequence[float]]]) -> str:
    """Return each target beside what was measured, by rates and by processor time."""
    rows = [["", "target", "by rate", "by processor time"]]
    for variant, ratios in measured.items():
        wanted = {
            "service without edge": ("read over the floor, without edge and records", READ[variant]),
            "service": ("read over the floor, with both", READ[variant] * SHARE),
            "layers": ("layers over the straight query", LAYERS),
        }
        for key, (what, target) in wanted.items():
            found = [_against(ratios[name], target) for name in (key, f"{key}, by processor")]
            rows.append([f"{variant}: {what}", f"{target:.3g}", *found])
        rows.append(_peer(variant, ratios))
    return markdown(rows)


def _peer(variant: str, ratios: Mapping[str, Sequence[float]]) -> list[str]:
    over = [[value / PEER for value in ratios[f"service without edge{by}"]] for by in ("", ", by processor")]
    found = [_against(values, OVER_PEER[variant]) for values in over]
    return [f"{variant}: over the peer's recorded {PEER:.3f}", f"{OVER_PEER[variant]:.3g}", *found]


def _against(values: Sequence[float], target: float) -> str:
    return f"{'✓' if median(values) >= target else '✗'} {spread(values)}"
