"""Parts of the suite for machines that run side by side: ``--shard 2/5`` runs the second of five.

All tests of a service stay together, in one process and on one machine, which makes its environment once. Names are
sorted and dealt out in turn, so every machine finds the same parts, and tests that cost alike are spread evenly.
"""

import argparse
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from harness import variants


def shard(text: str) -> tuple[int, int]:
    """Read ``2/5``."""
    found = re.fullmatch(r"([1-9]\d*)/([1-9]\d*)", text)
    if found is None or int(found[1]) > int(found[2]):
        raise argparse.ArgumentTypeError(f"write 2/5 for the second of five, not {text!r}")
    return int(found[1]), int(found[2])


def dealt(names: Iterable[str], number: int, total: int) -> set[str]:
    """Return the names that fall to one of the machines."""
    return set(sorted(set(names))[number - 1 :: total])


@cache
def service_names() -> re.Pattern[str]:
    """Return a pattern of all names of services, the longest first: some begin with others."""
    names = {str(variant) for variant in (*variants.executed_variants(), *variants.text_variants())}
    names |= {str(variant.structure) for variant in variants.structures()}
    return re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))


def kept_together(nodeid: str) -> str:
    """Return the name of the service in the test's name, or the whole."""
    found = service_names().search(nodeid)
    return f"oldest-{found[0]}" if found and "oldest-" in nodeid else found[0] if found else nodeid


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--triples", action="store_true", help="execute every three choices together, not every two")
    parser.addoption("--shard", type=shard, metavar="I/N", help="run the I-th of N parts of the tests")


def pytest_configure(config: pytest.Config) -> None:
    if config.option.triples:
        variants.executed_strength = 3


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.option.shard is None:
        return
    mine = dealt((kept_together(item.nodeid) for item in items), *config.option.shard)
    config.hook.pytest_deselected(items=[item for item in items if kept_together(item.nodeid) not in mine])
    items[:] = [item for item in items if kept_together(item.nodeid) in mine]


class ServiceScheduling(LoadScopeScheduling):  # type: ignore[misc]
    def _split_scope(self, nodeid: str) -> str:
        return kept_together(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ServiceScheduling:
    return ServiceScheduling(config, log)
