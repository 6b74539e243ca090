"""Rounds: contenders take short turns, so that what else the machine does falls on all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.figures import spread
from benchmarks.load import Call
from benchmarks.servers import Sample, Server

SECONDS = 1  # of a turn
HEADINGS = ("requests/s", "p50 ms", "p99 ms", "processor µs")


type Ratios = Mapping[str, Sequence[float]]  # of each round; what is by processor time says so at the end of its name


@dataclass(frozen=True)
class Outcome:
    """A report to read, and the ratios that targets are about."""

    report: str
    ratios: Ratios


type Samples = Mapping[str, Sequence[Sample]]


def fought(servers: Sequence[Server], call: Call, *, rounds: int) -> Samples:
    """Return what each did in each round; each begins a round in its turn, and every other goes the other way round."""
    samples: dict[str, list[Sample]] = {server.name: [] for server in servers}
    for number in range(rounds):
        first = number // 2 % len(servers)
        turns = [*servers[first:], *servers[:first]]
        for server in turns if number % 2 else reversed(turns):
            samples[server.name].append(server.round(call, SECONDS))
    return samples


def figures(samples: Sequence[Sample]) -> list[str]:
    """Return medians, in the order of ``HEADINGS``."""
    loads = [sample.load for sample in samples]
    return [
        f"{median(load.rate for load in loads):.0f}",
        f"{median(load.p50 for load in loads):.1f}",
        f"{median(load.p99 for load in loads):.1f}",
        f"{median(sample.cost for sample in samples):.0f}",
    ]


def rates(samples: Samples, name: str, base: str) -> list[float]:
    """Return the ratio of both rates in each round."""
    return [one.load.rate / other.load.rate for one, other in zip(samples[name], samples[base], strict=True)]


def thrift(samples: Samples, name: str, base: str) -> list[float]:
    """Return the processor time of the base over that of the one: as with rates, more is better."""
    return [other.cost / one.cost for one, other in zip(samples[name], samples[base], strict=True)]


def comparison(samples: Samples, *bases: str) -> list[list[str]]:
    """Return a table of all contenders: figures, then rates and processor time over each base."""
    over = [f"{what} over {base}" for base in bases for what in ("rate", "thrift")]
    rows = [["", *HEADINGS, *over]]
    for name, mine in samples.items():
        ratios = [spread(measure(samples, name, base)) for base in bases for measure in (rates, thrift)]
        rows.append([name, *figures(mine), *ratios])
    return rows
