"""Adds an aggregate to the service in this folder: ``aggregate PurchaseOrder [--plural …] [--instead]``."""

import argparse
import re
import shlex
import subprocess
import sys
from pathlib import Path

from errors import Rejected
from names import Name, aggregate_name
from plan import PATTERN_PACKAGE, Plan, planned

PATTERN = Path(__file__).parents[2]
SERVICE = Path.cwd()
UNDO = "git reset --hard && git clean -d --force"


def main() -> None:
    options = arguments()
    try:
        name = aggregate_name(options.name, options.plural)
        check_tree()
        package = package_name()
        plan = planned(PATTERN, SERVICE, package, name)
        if options.instead:
            plan = remove_sample(package, name)
    except Rejected as error:
        sys.exit(f"{error} Nothing was written.")
    write(plan, everything=options.instead)
    say_what_is_next(plan, package, name)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="uv run poe")
    command = parser.add_subparsers(required=True, metavar="aggregate")
    aggregate = command.add_parser("aggregate", help="add an aggregate through all layers")
    aggregate.add_argument("name", help="its class, such as PurchaseOrder")
    aggregate.add_argument("--plural", help="such as purchase_orders, where adding -s is wrong")
    aggregate.add_argument("--instead", action="store_true", help="then remove the sample, as the README says")
    return parser.parse_args()


def check_tree() -> None:
    if run(sys.executable, "tools/merged.py", check=False).returncode:
        raise Rejected("A merge left conflicts, which `uv run poe merged` lists: resolve them first.")
    status = run("git", "status", "--porcelain", "--", ".", check=False)
    if status.returncode:
        raise Rejected("Put the service into a git repository first, so that you can undo this.")
    if status.stdout:
        raise Rejected("Commit or stash your changes first, so that you can undo this.")


def package_name() -> str:
    answers = (SERVICE / ".copier-answers.yml").read_text(encoding="utf-8")
    found = re.search(r"^package_name: (\w+)$", answers, re.MULTILINE)
    if not found or not (SERVICE / "src" / found[1]).is_dir():
        raise Rejected("The package that .copier-answers.yml names is not in src/.")
    return found[1]


def remove_sample(package: str, name: Name) -> Plan:
    """Run the commands of the README, and plan again: what the sample had, the aggregate brings along."""
    readme = (PATTERN / "README.md").read_text(encoding="utf-8").replace(PATTERN_PACKAGE, package)
    section = re.search(r"^## Remove the sample$.*?^```$\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    if section is None or not list((SERVICE / "src" / package).rglob("*market*.py")):
        raise Rejected("The sample has been removed before: leave out --instead.")
    try:
        for command in section[1].splitlines()[:-1]:
            run("sh", "-c", command)
        return planned(PATTERN, SERVICE, package, name)
    except (Rejected, subprocess.CalledProcessError):
        run("git", "reset", "--quiet", "--hard")
        raise


def write(plan: Plan, *, everything: bool) -> None:
    for path, text in plan.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    changed = ["."] if everything else [str(path) for path in plan]
    run(sys.executable, "-m", "ruff", "check", "--fix", "--quiet", *changed, check=False)
    run(sys.executable, "-m", "ruff", "format", "--quiet", *changed, check=False)
    run(sys.executable, "tools/problems.py", check=False)


def say_what_is_next(plan: Plan, package: str, name: Name) -> None:
    source = f"src/{package}"
    migration = next(path.name for path in plan if path.parent.name == "migrations")
    print(f"Wrote {len(plan)} files. Next, from the domain outwards, make {name.camel} your own:")
    for path in (
        f"{source}/domain/model/{name.singular}.py",
        f"{source}/domain/event/{name.singular}.py",
        f"{source}/domain/port/, {source}/application/use_cases/",
        f"{source}/adapter/out/persistence/, with migrations/{migration}",
        f"{source}/adapter/in_/http/{name.singular}_schemas.py, {name.plural}.py",
    ):
        print(f"  {path}")
    print(f"Then run `uv run poe check`. To undo all of it: {UNDO}")


def run(*command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, cwd=SERVICE, capture_output=True, text=True, check=False)
    if check and done.returncode:
        sys.exit(f"{shlex.join(command)}: {done.stderr or done.stdout}")
    return done


if __name__ == "__main__":
    main()
