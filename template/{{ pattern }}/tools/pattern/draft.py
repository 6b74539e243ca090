"""A copy of the service: everything is tried there, and the service itself is written at the end."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from errors import Rejected


@dataclass(frozen=True)
class Draft:
    service: Path
    folder: Path

    @classmethod
    def of(cls, service: Path, folder: Path) -> "Draft":
        draft = cls(service, folder)
        for path in draft._tracked():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(service / path, folder / path, follow_symlinks=False)
        return draft

    def tidy(self) -> None:
        """Format what has changed, and describe its errors in docs/problems.md."""
        modules = [path for path in self.changed() if path.endswith(".py") and (self.folder / path).exists()]
        ruff = (sys.executable, "-m", "ruff")
        self._run(*ruff, "check", "--fix", "--exit-zero", "--no-cache", "--force-exclude", "--quiet", *modules)
        self._run(*ruff, "format", "--no-cache", "--force-exclude", "--quiet", *modules)
        if (self.folder / "tools" / "problems.py").exists():
            self._run(sys.executable, "tools/problems.py")

    def changed(self) -> list[str]:
        found = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())
        paths = {*found, *self._tracked()}
        return sorted(path for path in paths if _bytes(self.folder / path) != _bytes(self.service / path))

    def write(self) -> list[str]:
        """Make the service equal to the draft, and return the paths of its changed files."""
        changed = self.changed()
        for path in changed:
            if (self.folder / path).exists():
                (self.service / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(self.folder / path, self.service / path)
            else:
                (self.service / path).unlink()
        return changed

    def _tracked(self) -> Iterator[str]:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=self.service, capture_output=True, text=True, encoding="utf-8", check=True
        )
        return (path for path in listed.stdout.split("\0") if (self.service / path).is_file())

    def _run(self, *command: str) -> None:
        paths = {"PYTHONPATH": str(self.folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            command, cwd=self.folder, env=os.environ | paths, capture_output=True, text=True, check=False
        )
        if done.returncode:
            name = Path(command[1] if command[1].endswith(".py") else command[2]).name
            reason = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
            raise Rejected(f"{name} fails on the result ({reason.rstrip('.')}): correct that first.")


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None
