"""What a release changes is known path by path, and no path goes without a plan for the edits in it."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from harness.releases import Releases, copy, update
from harness.running import run
from harness.variants import ROOT, structures
from releasing.__main__ import ReleaseError, prepare
from releasing.changelog import release, unnamed, unreleased
from releasing.paths import Changes, changes_since, last_tag, unplanned

DROPPED = "docs/problems.md"
PLAN = """
[[retired]]
path = "docs/problems.md"
since = "1.1.0"
tell = "Keep elsewhere what you have written in it."
"""
PATHS = [DROPPED, "tests/unit/test_a.py", "src/<package>/config/logs.py"]


def test_nothing_has_been_dropped_without_a_plan() -> None:
    tag = last_tag(ROOT)
    if tag is None:
        pytest.skip("nothing has been released yet")
    assert unplanned(ROOT, changes_since(ROOT, tag).retired) == []


@pytest.fixture(autouse=True)
def few_variants(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of them, with all that differs between frameworks, colours and databases."""
    monkeypatch.setattr("releasing.paths.executed_variants", lambda: structures()[::7])


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    """The template as it is now, released as 1.0.0, with what the command of a release works on."""
    releases = Releases(tmp_path / "template")
    (releases.folder / "releasing").mkdir()
    for path in ("CHANGELOG.md", "pyproject.toml", "uv.lock", "releasing/retired.toml"):
        (releases.folder / path).write_bytes((ROOT / path).read_bytes())
    releases.release("1.0.1")
    return releases


def drop(releases: Releases) -> None:
    releases.remove(f"{DROPPED}.jinja")


def plan(releases: Releases) -> None:
    with (releases.folder / "releasing" / "retired.toml").open("a") as file:
        file.write(PLAN)


def exclude(releases: Releases) -> None:
    releases.change("copier.yml", "_exclude:\n", f"_exclude:\n  - /{DROPPED}\n")


def say(releases: Releases, entries: str) -> None:
    """Put this, and this alone, under what is unreleased."""
    file = releases.folder / "CHANGELOG.md"
    file.write_text(re.sub(r"## Unreleased\n.*", f"## Unreleased\n{entries}\n", file.read_text(), flags=re.DOTALL))


def test_every_change_of_a_service_is_found(releases: Releases) -> None:
    drop(releases)
    releases.write("docs/added.md", "# Added\n")
    errors = releases.folder / "template/src/{{ package_name }}/domain/errors.py"
    errors.write_text(errors.read_text() + "\n# Changed.\n")
    releases.write("{{ django }}/src/{{ package_name }}/domain/only_django.py", '"""New."""\n')

    assert changes_since(releases.folder, "1.0.1") == Changes(
        added=["docs/added.md", "src/<package>/domain/only_django.py"],
        changed=["src/<package>/domain/errors.py"],
        retired=[DROPPED],
    )


@pytest.mark.parametrize("half", [[], [plan], [exclude]])
def test_a_path_that_is_dropped_needs_the_whole_of_a_plan(
    half: list[Callable[[Releases], None]], releases: Releases
) -> None:
    for step in half:
        step(releases)
    assert unplanned(releases.folder, [DROPPED]) == [DROPPED]


def test_a_path_that_is_retired_stays_in_services_with_the_edits_in_it(releases: Releases, tmp_path: Path) -> None:
    project = copy(releases, tmp_path / "service", {})
    project.append(DROPPED, "\nOurs.\n")
    project.commit("Add what is ours")
    ours = (project.folder / DROPPED).read_text()
    drop(releases)
    plan(releases)
    exclude(releases)
    releases.release("1.1.0")
    update(project)

    assert unplanned(releases.folder, [DROPPED]) == []
    assert (project.folder / DROPPED).read_text() == ours
    assert "_commit: 1.1.0" in (project.folder / ".copier-answers.yml").read_text()


@pytest.mark.parametrize(
    ("version", "reason"),
    [
        ("next", "is not a version"),
        ("1.1.0\n", "Write the version as 1.1.0"),
        ("v1.1.0", "Write the version as 1.1.0"),
        ("1.0.1", "choose a version after it"),
        ("0.9", "choose a version after it"),
    ],
)
def test_a_version_that_cannot_be_is_rejected(version: str, reason: str, releases: Releases) -> None:
    with pytest.raises(ReleaseError, match=reason):
        prepare(releases.folder, version)


def test_a_release_is_made_of_what_is_committed_and_said(releases: Releases) -> None:
    say(releases, "")
    with pytest.raises(ReleaseError, match="Commit your changes first"):
        prepare(releases.folder, "1.1.0")
    commit(releases)
    with pytest.raises(ReleaseError, match="Say under '## Unreleased'"):
        prepare(releases.folder, "1.1.0")


def test_a_release_names_every_path_that_it_changes(releases: Releases) -> None:
    drop(releases)
    say(releases, "- Something.")
    commit(releases)
    with pytest.raises(ReleaseError, match=rf"Plan first, .* {DROPPED}$"):
        prepare(releases.folder, "1.1.0")
    plan(releases)
    exclude(releases)
    commit(releases)
    with pytest.raises(ReleaseError, match=rf"Name these paths .* {DROPPED}$"):
        prepare(releases.folder, "1.1.0")
    say(releases, f"### Removed\n- `{DROPPED}`: keep what you have written in it elsewhere.")
    commit(releases)
    prepare(releases.folder, "1.1.0")

    folder = releases.folder
    assert re.search(
        r"^## Unreleased\n\n## 1\.1\.0 - \d{4}-\d\d-\d\d\n### Removed\n", (folder / "CHANGELOG.md").read_text(), re.M
    )
    assert 'version = "1.1.0"' in (folder / "pyproject.toml").read_text()
    changed = run("git", "status", "--short", cwd=folder).split("\n")
    assert changed == [" M CHANGELOG.md", " M pyproject.toml", " M uv.lock", ""]


def commit(releases: Releases) -> None:
    releases.release(f"0.0.{len(run('git', 'tag', cwd=releases.folder).split())}")


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("`docs/problems.md`", ["tests/unit/test_a.py", "src/<package>/config/logs.py"]),
        ("`tests/unit/`, and `docs/*`", ["src/<package>/config/logs.py"]),
        ("`src/<package>/config/logs.py`, `*.md` and `tests/`", []),
        (
            "docs/problems.md without marks, and `docs`",
            [DROPPED, "tests/unit/test_a.py", "src/<package>/config/logs.py"],
        ),
    ],
)
def test_a_path_is_named_by_itself_a_pattern_or_a_folder(entry: str, expected: list[str]) -> None:
    assert unnamed(entry, PATHS) == expected


def test_only_what_is_unreleased_counts() -> None:
    old = "## 1.0.0 - 2026-01-01\n- Old.\n"
    text = f"# Changelog\n\n## Unreleased\n- New.\n\n{old}"
    assert unreleased(text) == "- New."

    released = release(text, "1.1.0", date(2026, 2, 3))
    assert released == f"# Changelog\n\n## Unreleased\n\n## 1.1.0 - 2026-02-03\n- New.\n\n{old}"
    assert unreleased(released) == ""
