"""The command of a release."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from packaging.version import InvalidVersion, Version

from harness.running import UV, run
from releasing import changelog
from releasing.paths import changes_since, last_tag, unplanned


class ReleaseError(Exception):
    """There is something to do before this version can be released; the text says what."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m releasing", description="Prepare a release of the template.")
    parser.add_argument("version", help="the version to be, like 1.1.0")
    try:
        prepare(Path.cwd(), parser.parse_args().version)
    except ReleaseError as error:
        sys.exit(str(error))


def prepare(root: Path, version: str) -> None:
    """Write the version and its section of the changelog, or raise ``ReleaseError`` and change nothing."""
    tag = last_tag(root)
    _check_version(version, tag)
    if run("git", "status", "--porcelain", cwd=root):
        raise ReleaseError("Commit your changes first: a release is made of what is committed.")
    text = (root / "CHANGELOG.md").read_text()
    _check_changelog(root, changelog.unreleased(text), tag)
    (root / "CHANGELOG.md").write_text(changelog.release(text, version, datetime.now(UTC).date()))
    run(UV, "version", "--quiet", "--no-sync", version, cwd=root)
    print(f"Ready. Read `git diff`, then:\n\n  git commit --all --message 'Release {version}'\n  git tag {version}")
    print(f"  git push origin main {version}")


def _check_version(version: str, tag: str | None) -> None:
    try:
        wanted = Version(version)
    except InvalidVersion:
        raise ReleaseError(f"{version} is not a version; write one like 1.1.0.") from None
    if str(wanted) != version:
        raise ReleaseError(f"Write the version as {wanted}.")
    if tag and wanted <= Version(tag):
        raise ReleaseError(f"The last release is {tag}; choose a version after it.")


def _check_changelog(root: Path, entries: str, tag: str | None) -> None:
    if not entries:
        raise ReleaseError("Say under '## Unreleased' in CHANGELOG.md what the version changes for a service.")
    if tag is None:
        return
    changes = changes_since(root, tag)
    if without_plan := unplanned(root, changes.retired):
        raise ReleaseError(f"Plan first, as docs/releasing.md says, how these are retired: {', '.join(without_plan)}")
    if unnamed := changelog.unnamed(entries, changes.all):
        raise ReleaseError(f"Name these paths under '## Unreleased' in CHANGELOG.md: {', '.join(unnamed)}")


if __name__ == "__main__":
    main()
