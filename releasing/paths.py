"""What a version changes for the services that follow the template, path by path."""

import io
import subprocess
import tarfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import copier
import yaml

from harness.rendering import export_template, rendered_files, sparingly
from harness.variants import executed_variants

# Says in itself which version it is of.
ANSWERS = ".copier-answers.yml"

# Every rendered file by its variant and its path.
type Renders = Mapping[str, Mapping[str, bytes]]


@dataclass(frozen=True)
class Changes:
    """Paths as a service has them, with ``<package>`` for its package's name."""

    added: Sequence[str]
    changed: Sequence[str]
    retired: Sequence[str]

    @classmethod
    def between(cls, old: Renders, new: Renders) -> "Changes":
        """Compare variant by variant: what one of them loses is retired, even if others keep it."""
        return cls(
            added=_where(old, new, lambda before, after: after.keys() - before.keys()),
            changed=_where(old, new, _different),
            retired=_where(old, new, lambda before, after: before.keys() - after.keys()),
        )

    @property
    def all(self) -> Sequence[str]:
        return [*self.added, *self.changed, *self.retired]


def _where(old: Renders, new: Renders, compare: Callable[..., set[str]]) -> Sequence[str]:
    paths = set().union(*(compare(old[variant], new[variant]) for variant in old.keys() & new.keys()))
    return sorted(path.replace("src/my_service/", "src/<package>/") for path in paths - {ANSWERS})


def _different(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> set[str]:
    return {path for path in before.keys() & after.keys() if before[path] != after[path]}


def last_tag(root: Path) -> str | None:
    """Return the release that the working tree comes after."""
    tags = _git(root, "tag", "--merged", "HEAD", "--sort=-version:refname").decode().split()
    return tags[0] if tags else None


def changes_since(root: Path, tag: str) -> Changes:
    """Render every executed variant, as it was at the tag and as it is in the working tree."""
    with TemporaryDirectory() as folder:
        old, new = Path(folder) / "old", Path(folder) / "new"
        with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", tag))) as archive:
            archive.extractall(old, filter="data")
        export_template(new, root)
        return Changes.between(_renders(old), _renders(new))


def unplanned(root: Path, retired: Sequence[str]) -> Sequence[str]:
    """Return the retired paths without a plan: one that retired.toml lists, and that ``_exclude`` keeps in services."""
    plans = tomllib.loads((root / "releasing" / "retired.toml").read_text()).get("retired", [])
    patterns = yaml.safe_load((root / "copier.yml").read_text()).get("_exclude", [])
    planned = {plan["path"] for plan in plans if plan["since"] and plan["tell"]}
    kept = {path for path in planned if any(_as_pattern(path) in pattern for pattern in patterns)}
    return [path for path in retired if path not in kept]


def _as_pattern(path: str) -> str:
    return "/" + path.replace("<package>", "{{ package_name }}")


def _renders(template: Path) -> Renders:
    with sparingly():
        return {str(variant): _render(template, variant.answers) for variant in executed_variants()}


def _render(template: Path, answers: Mapping[str, object]) -> Mapping[str, bytes]:
    with TemporaryDirectory() as folder:
        copier.run_copy(str(template), folder, data=dict(answers), defaults=True, quiet=True)
        return rendered_files(Path(folder))


def _git(root: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True).stdout
