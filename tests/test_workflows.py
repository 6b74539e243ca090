"""The workflows of hosted CI: safe, and running all that there is to run."""

import re
import shutil

import pytest
import yaml

from harness.running import run
from harness.variants import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def test_zizmor_finds_nothing() -> None:
    """Offline, and asked for everything that it knows."""
    zizmor = shutil.which("zizmor")
    assert zizmor
    output = run(zizmor, "--offline", "--persona", "auditor", ".github", cwd=ROOT)
    assert "No findings to report" in output


def test_every_file_that_is_tested_exists() -> None:
    named = {path for workflow in WORKFLOWS for path in re.findall(r"tests/\w+\.py", workflow.read_text())}
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_action_is_pinned_by_its_commit() -> None:
    uses = [line for path in WORKFLOWS for line in path.read_text().splitlines() if "uses:" in line]
    assert uses
    for line in uses:
        assert re.search(r"uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


@pytest.mark.parametrize("name", ["ci", "triples"])
def test_the_machines_of_the_suite_run_all_of_it(name: str) -> None:
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / f"{name}.yml").read_text())["jobs"]
    shards = jobs["suite"]["strategy"]["matrix"]["shard"]
    assert shards == [f"{number}/{len(shards)}" for number in range(1, len(shards) + 1)]
