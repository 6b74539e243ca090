"""What a render costs over Copier's floor, which is a template of one file, in processor seconds.

A third template holds the files of a service as they are: the least that so many files can cost. All are git
repositories with one commit, as users have them. A figure holds the git commands that Copier starts. The templates
take turns in one run, so that what else the machine does falls on all.
"""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

from copier import run_copy

from benchmarks.figures import against, processor_seconds, spread, table
from harness.releases import copier, data
from harness.rendering import export_template
from harness.running import Project
from harness.variants import Variant

FLOOR, FINISHED = "floor", "finished files of the first"
TARGET = 1.5  # for the command line, which is what a user waits for; docs/decisions/0007-what-a-render-costs.md

type Side = tuple[Path, Mapping[str, object]]  # a template, and the answers to it
type Render = Callable[[Path, Path, Mapping[str, object]], object]


def in_process(template: Path, destination: Path, answers: Mapping[str, object]) -> None:
    run_copy(str(template), destination, data=dict(answers), defaults=True, quiet=True)


def on_the_command_line(template: Path, destination: Path, answers: Mapping[str, object]) -> None:
    copier("copy", "--quiet", "--defaults", *data(answers), template, destination, cwd=destination.parent)


def cost(render: Render, template: Path, answers: Mapping[str, object]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        before = processor_seconds()
        render(template, Path(folder) / "service", answers)
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
    in_process(template, folder / "template", variant.answers)
    return without_questions(folder)


def without_questions(folder: Path) -> Path:
    (folder / "copier.yml").write_text("_subdirectory: template\n")
    return repository(folder)


def report(variants: list[Variant], rounds: int) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = repository(export_template(folder / "template"))
        sides: dict[str, Side] = {
            FLOOR: (floor(folder / "floor"), {}),
            FINISHED: (finished(folder / "finished", template, variants[0]), {}),
            **{str(variant): (template, variant.answers) for variant in variants},
        }
        return "\n\n".join(_compared(way, sides, rounds) for way in (in_process, on_the_command_line))


def _compared(render: Render, sides: Mapping[str, Side], rounds: int) -> str:
    measured: dict[str, list[float]] = {name: [] for name in sides}
    for side in sides.values():
        cost(render, *side)  # imports and caches, which a first render pays for
    for _ in range(rounds):
        for name, side in sides.items():
            measured[name].append(cost(render, *side))
    over_floor = {name: median(values) / median(measured[FLOOR]) for name, values in measured.items()}
    rows = [(name, spread(measured[name]), f"{ratio:.2f}") for name, ratio in over_floor.items()]
    lines = [render.__name__.replace("_", " "), table([("", "processor seconds", "over floor"), *rows])]
    if render is on_the_command_line:
        _, of_finished, of_first, *_ = over_floor.values()
        lines.append(against(max(over_floor.values()), TARGET, "x the floor"))
        lines.append(against(of_first / of_finished, TARGET, "x its own finished files"))
    return "\n".join(lines)
