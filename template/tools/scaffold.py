"""Adds an aggregate or a use case, after the pattern of the template's sample: ``uv run poe aggregate --help``."""

import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

FOLDER = Path(__file__).parents[1]
ANSWERS = FOLDER / ".copier-answers.yml"
PLAIN_SAMPLE = ("--data=sample=true", "--data=client=false")  # without what only the sample has


def main() -> None:
    started = monotonic()
    with TemporaryDirectory() as folder:
        render_pattern(folder)
        command = [sys.executable, f"{folder}/tools/pattern", *sys.argv[1:]]
        if code := subprocess.run(command, cwd=FOLDER, check=False).returncode:
            sys.exit(code)
    print(f"This took {monotonic() - started:.0f} seconds.")


def render_pattern(folder: str) -> None:
    """Render the sample as this service would have it: by its version of the template, and with its answers."""
    template = recorded("_src_path")
    version = f"--vcs-ref={recorded('_commit')}"
    answers = (f"--data-file={ANSWERS}", *PLAIN_SAMPLE, "--data=package_name=pattern_package")
    command = ("uvx", "copier", "copy", "--quiet", "--defaults", version, *answers, "--answers-file=.pattern.yml")
    done = subprocess.run([*command, template, folder], cwd=FOLDER, capture_output=True, text=True, check=False)
    if done.returncode:
        print(*done.stderr.splitlines()[-1:], file=sys.stderr)
        sys.exit(f"Copier could not read the template at {template}: is it reachable? Nothing was written.")


def recorded(name: str) -> str:
    text = ANSWERS.read_text(encoding="utf-8") if ANSWERS.exists() else ""
    if found := re.search(rf"^{name}: (.+)$", text, re.MULTILINE):
        return found[1].strip("'\"")
    sys.exit(f"This service follows no version of a template: {ANSWERS.name} has no {name}. Nothing was written.")


if __name__ == "__main__":
    main()
