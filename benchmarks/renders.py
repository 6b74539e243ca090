"""What a render costs over Copier's floor, which is a template of one file, in processor seconds.

A third template holds the files of a service as they are: the least that so many files can cost. All are git
repositories with one commit, as users have them. The templates take turns in one run, so that what else the machine
does falls on all.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from copier import run_copy

from benchmarks.figures import markdown, processor_seconds, spread
from benchmarks.rounds import Outcome
from harness.releases import copier, data
from harness.rendering import export_template
from harness.running import Project
from harness.variants import Variant

FLOOR, FINISHED = "floor", "finished files of the first"

type Side = tuple[Path, Mapping[str, object]]  # a template, and the answers to it


def cost(template: Path, answers: Mapping[str, object]) -> float:
    """Return the processor seconds of ``copier copy``, and of the git commands that it starts."""
    with tempfile.TemporaryDirectory() as folder:
        before = processor_seconds()
        destination = Path(folder) / "service"
        copier("copy", "--quiet", "--defaults", *data(answers), template, destination, cwd=destination.parent)
        return processor_seconds() - before


def repository(folder: Path) -> Path:
    """Make the folder a git repository of one commit with a version."""
    project = Project(folder)
    project.git("init", "--quiet", "--initial-branch=main")
    project.commit("Release")
    project.git("tag", "1.0.0")
    return folder


def floor(folder: Path) -> Path:
    (folder / "template").mkdir(parents=True)
    (folder / "template" / "README.md").write_text("# Floor\n")
    return without_questions(folder)


def finished(folder: Path, template: Path, variant: Variant) -> Path:
    """Make a template of what the variant renders: the same files, and nothing to render in them."""
    run_copy(str(template), folder / "template", data=variant.answers, defaults=True, quiet=True)
    return without_questions(folder)


def without_questions(folder: Path) -> Path:
    (folder / "copier.yml").write_text("_subdirectory: template\n")
    return repository(folder)


def measured(variants: list[Variant], rounds: int) -> Outcome:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = repository(export_template(folder / "template"))
        sides: dict[str, Side] = {
            FLOOR: (floor(folder / "floor"), {}),
            FINISHED: (finished(folder / "finished", template, variants[0]), {}),
            **{str(variant): (template, variant.answers) for variant in variants},
        }
        taken: dict[str, list[float]] = {side: [] for side in sides}
        for number in range(rounds + 1):
            for side, (source, answers) in sides.items():
                spent = cost(source, answers)
                if number:  # the first is for the caches
                    taken[side].append(spent)
    over_floor = {side: f"{median(values) / median(taken[FLOOR]):.2f}" for side, values in taken.items()}
    rows = [["processor seconds", "", "over the floor"]]
    rows += [[side, spread(values), over_floor[side]] for side, values in taken.items()]
    pairs = zip(taken[str(variants[0])], taken[FINISHED], strict=True)
    return Outcome(markdown(rows), {"over finished files": [ours / least for ours, least in pairs]})
