"""Adds an aggregate or a use case to the service in this folder, after the pattern of the sample."""

import argparse
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from aggregate import plan_aggregate
from draft import Draft
from errors import Rejected
from names import aggregate_name
from plan import PATTERN_PACKAGE, Plan
from sample import remove_sample
from steps import after_aggregate, after_use_case
from use_case import aggregate_called, plan_use_case
from verbs import verb

PATTERN = Path(__file__).parents[2]
SERVICE = Path.cwd()
UNDO = "git restore --staged --worktree . && git clean -d --force ."


def main() -> None:
    options = arguments()
    try:
        check_tree()
        with TemporaryDirectory() as folder:
            draft = Draft.of(SERVICE, Path(folder))
            next_steps = options.add(options, draft.folder, package_name())
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
    command = parser.add_subparsers(required=True)
    aggregate = command.add_parser("aggregate", help="add an aggregate through all layers")
    aggregate.set_defaults(add=add_aggregate)
    aggregate.add_argument("name", help="its class, such as PurchaseOrder")
    aggregate.add_argument("--plural", help="such as purchase_orders, where adding -s is wrong")
    aggregate.add_argument("--instead", action="store_true", help="remove the sample as well, as the README says")
    use_case = command.add_parser("use-case", help="add a use case of an aggregate through all layers")
    use_case.set_defaults(add=add_use_case)
    use_case.add_argument("aggregate", help="such as purchase_order")
    use_case.add_argument("verb", help="such as cancel")
    use_case.add_argument("--past", help="such as cancelled, for its event and status, where adding -ed is wrong")
    use_case.add_argument("--query", action="store_true", help="it only reads, and so it has no rule and no event")
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


def add_aggregate(options: argparse.Namespace, service: Path, package: str) -> list[str]:
    name = aggregate_name(options.name, options.plural)
    if options.instead:
        remove_sample(service, package, PATTERN, PATTERN_PACKAGE)
    migration = write(plan_aggregate(PATTERN, service, package, name))
    return after_aggregate(f"src/{package}", name, migration, instead=options.instead)


def add_use_case(options: argparse.Namespace, service: Path, package: str) -> list[str]:
    name = aggregate_called(options.aggregate, service, package)
    word = verb(options.verb, options.past, name, reads=options.query)
    migration = write(plan_use_case(PATTERN, service, package, name, word))
    return after_use_case(f"src/{package}", name, word, migration)


def write(plan: Plan) -> str:
    """Write the plan, and return the name of its migration."""
    for path, text in plan.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return next((path.name for path in plan if path.parent.name == "migrations"), "")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=SERVICE, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    main()
