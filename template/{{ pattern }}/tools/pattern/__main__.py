"""Adds an aggregate to the service in this folder: ``aggregate PurchaseOrder [--plural …] [--instead]``."""

import argparse
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from draft import Draft
from errors import Rejected
from names import Name, aggregate_name
from plan import PATTERN_PACKAGE, planned
from sample import remove_sample

PATTERN = Path(__file__).parents[2]
SERVICE = Path.cwd()
UNDO = "git restore --staged --worktree . && git clean -d --force ."


def main() -> None:
    options = arguments()
    try:
        check_tree()
        with TemporaryDirectory() as folder:
            draft = Draft.of(SERVICE, Path(folder))
            next_steps = add_aggregate(options, draft)
            draft.tidy()
            changed = draft.write()
    except Rejected as error:
        sys.exit(f"{error} Nothing was written.")
    print("\n".join(next_steps))
    gone = sum(not (SERVICE / path).exists() for path in changed)
    print(f"{len(changed) - gone} files written{f', {gone} removed' if gone else ''}. Now run `uv run poe check`.")
    print(f"To undo all of it: {UNDO}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="uv run poe")
    command = parser.add_subparsers(required=True, metavar="aggregate")
    aggregate = command.add_parser("aggregate", help="add an aggregate through all layers")
    aggregate.add_argument("name", help="its class, such as PurchaseOrder")
    aggregate.add_argument("--plural", help="such as purchase_orders, where adding -s is wrong")
    aggregate.add_argument("--instead", action="store_true", help="remove the sample as well, as the README says")
    return parser.parse_args()


def check_tree() -> None:
    status = run("git", "status", "--porcelain", "--", ".")
    if status.returncode:
        raise Rejected("Put the service into a git repository first, so that you can undo this.")
    if run(sys.executable, "tools/merged.py").returncode:
        raise Rejected("A merge left conflicts, which `uv run poe merged` lists: resolve them first.")
    if status.stdout:
        raise Rejected("Commit or stash your changes first, so that you can undo this.")


def package_name() -> str:
    answers = (SERVICE / ".copier-answers.yml").read_text(encoding="utf-8")
    found = re.search(r"^package_name: (\w+)$", answers, re.MULTILINE)
    if not found or not (SERVICE / "src" / found[1]).is_dir():
        raise Rejected("The package that .copier-answers.yml names is not in src/.")
    return found[1]


def add_aggregate(options: argparse.Namespace, draft: Draft) -> list[str]:
    name = aggregate_name(options.name, options.plural)
    package = package_name()
    if options.instead:
        remove_sample(draft.folder, package, PATTERN, PATTERN_PACKAGE)
    plan = planned(PATTERN, draft.folder, package, name)
    for path, text in plan.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    migration = next(path.name for path in plan if path.parent.name == "migrations")
    instead = f"A database that has the table of the sample will not run {migration}: make a new one."
    return [*aggregate_steps(f"src/{package}", name, migration), *([instead] if options.instead else [])]


def aggregate_steps(source: str, name: Name, migration: str) -> list[str]:
    steps = (
        f"{source}/domain/model/{name.singular}.py: the fields and the rules",
        f"{source}/domain/event/{name.singular}.py: what the events say",
        f"{source}/domain/port/, {source}/application/use_cases/: what it offers",
        f"{source}/adapter/out/persistence/: its columns, with migrations/{migration}",
        f"{source}/adapter/in_/http/{name.singular}_schemas.py, {name.plural}.py: what clients see",
    )
    return [f"Make {name.camel} your own, from the domain outwards:", *(f"  {step}" for step in steps)]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=SERVICE, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    main()
