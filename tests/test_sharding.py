"""The parts of the suite, as hosted CI runs them: together they are the whole, and no test runs twice."""

import argparse
import re
import sys
from collections import Counter

import pytest

from harness.running import run
from harness.sharding import dealt, shard
from harness.variants import ROOT, executed_variants


def collected(*options: str) -> list[str]:
    """Return the tests that the command would run."""
    command = (sys.executable, "-m", "pytest", "--collect-only", "--quiet", "-n", "0", *options, "tests")
    return re.findall(r"^tests/.*::.*$", run(*command, cwd=ROOT), re.MULTILINE)


def test_shards_are_disjoint_and_complete_and_split_no_variant() -> None:
    one, other = (collected("--shard", part) for part in ("1/2", "2/2"))
    assert one
    assert other
    assert Counter(one + other) == Counter(collected())
    for variant in map(str, executed_variants()):
        checks = re.compile(rf"tests/test_checks\.py::.*[\[-]{variant}\]")
        assert any(map(checks.match, one)) != any(map(checks.match, other)), variant


@pytest.mark.parametrize("total", [1, 2, 5, 7])
def test_names_are_dealt_out_evenly_in_whatever_order_they_come(total: int) -> None:
    names = [f"name-{number}" for number in range(20)]
    parts = [dealt(names, number, total) for number in range(1, total + 1)]
    assert parts == [dealt(reversed(names), number, total) for number in range(1, total + 1)]
    assert sorted(name for part in parts for name in part) == sorted(names)
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


@pytest.mark.parametrize("wrong", ["6/5", "0/5", "1/0", "2", "a/b", "2/5\n"])
def test_a_shard_that_does_not_exist_is_rejected(wrong: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="write 2/5"):
        shard(wrong)
