"""Parts of the suite for machines that run side by side: ``--shard 2/5`` runs the second of five.

What stays together in one process (an xdist group, so all tests of a variant) stays together on one machine. Names are
sorted and dealt out in turn, so every machine finds the same parts, and tests that cost alike are spread evenly.
"""

import argparse
import re
from collections.abc import Iterable
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.variants import executed_variants

VARIANTS = [str(variant) for variant in executed_variants()]


def shard(text: str) -> tuple[int, int]:
    """Read ``2/5``."""
    found = re.fullmatch(r"([1-9]\d*)/([1-9]\d*)", text)
    if found is None or int(found[1]) > int(found[2]):
        raise argparse.ArgumentTypeError(f"write 2/5 for the second of five, not {text!r}")
    return int(found[1]), int(found[2])


def dealt(names: Iterable[str], number: int, total: int) -> set[str]:
    """Return the names that fall to one of the machines."""
    return set(sorted(set(names))[number - 1 :: total])


def kept_together(item: pytest.Item) -> str:
    """Return the name of the test's xdist group, or its own."""
    group = item.get_closest_marker("xdist_group")
    return str(group.args[0]) if group else item.nodeid


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shard", type=shard, metavar="I/N", help="run the I-th of N parts of the tests")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.option.shard is None:
        return
    mine = dealt(map(kept_together, items), *config.option.shard)
    config.hook.pytest_deselected(items=[item for item in items if kept_together(item) not in mine])
    items[:] = [item for item in items if kept_together(item) in mine]


class VariantScheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Keeps all tests of a variant in one process, which makes its environment once.

    xdist's own ``loadgroup`` would, but hands its groups on in a place where pytest 9.2 no longer looks.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((name for name in VARIANTS if name in nodeid), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> VariantScheduling:
    return VariantScheduling(config, log)
