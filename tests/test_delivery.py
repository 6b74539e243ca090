"""What carries a service from a commit to its users: hooks, CI, updates that are proposed, image and manifests."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

from harness.rendering import Render
from harness.running import UV, Project, run
from harness.variants import PYTHON, ROOT, Answers, Variant, choices, executed_variants

VARIANTS = [pytest.param(variant, id=str(variant)) for variant in executed_variants()]

# What checks which files: the tools carry the schemas with them, and need no network.
SCHEMAS = {
    ".github/workflows/*.yml": "check-jsonschema --builtin-schema vendor.github-workflows",
    ".github/dependabot.yml": "check-jsonschema --builtin-schema vendor.dependabot",
    ".gitlab-ci.yml": "check-jsonschema --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci",
    "renovate.json": "check-jsonschema --builtin-schema vendor.renovate",
    "compose.yaml": "check-jsonschema --builtin-schema vendor.compose-spec",
    "deploy/kubernetes/[!k]*.yaml": "kubernetes-validate --strict",
    "Dockerfile": "hadolint",
}


@pytest.fixture(params=VARIANTS)
def variant(request: pytest.FixtureRequest) -> Variant:
    chosen: Variant = request.param
    return chosen


@pytest.fixture
def folder(variant: Variant, render: Render) -> Path:
    return render(variant.answers)


def validate(folder: Path, pattern: str, fails: bool = False) -> str:
    """Check the files of one kind, as long as there are any."""
    files = sorted(folder.glob(pattern))
    tool, *options = SCHEMAS[pattern].split()
    executable = shutil.which(tool)
    assert executable, tool
    return run(executable, *options, *files, cwd=folder, fails=fails) if files else ""


def test_every_file_follows_its_schema(variant: Variant, folder: Path) -> None:
    for pattern in SCHEMAS:
        validate(folder, pattern)
    expected = {".github": variant["ci"] == "github", ".gitlab-ci.yml": variant["ci"] == "gitlab"}
    expected |= dict.fromkeys(["Dockerfile", "compose.yaml", "deploy", ".dockerignore"], variant["docker"])
    assert {path: (folder / path).exists() for path in expected} == expected


BREAKS = {
    ".github/workflows/*.yml": ("runs-on:", "runs_on:"),
    ".github/dependabot.yml": ("interval: weekly", "interval: sometimes"),
    ".gitlab-ci.yml": ("script:", "scripts:"),
    "renovate.json": ('"enabled": false', '"enabled": "no"'),
    "compose.yaml": ("read_only: true", "readonly: true"),
    "deploy/kubernetes/[!k]*.yaml": ("readinessProbe:", "readynessProbe:"),
    "Dockerfile": ("ENTRYPOINT", "ENTERPOINT"),
}


@pytest.mark.parametrize("pattern", SCHEMAS)
def test_a_file_that_breaks_its_schema_is_rejected(pattern: str, own_project: Callable[[Answers], Project]) -> None:
    ci = "gitlab" if pattern in (".gitlab-ci.yml", "renovate.json") else "github"
    folder = own_project({"ci": ci}).folder
    old, new = BREAKS[pattern]
    file = min(path for path in folder.glob(pattern) if old in path.read_text())
    file.write_text(file.read_text().replace(old, new))
    assert file.name in validate(folder, pattern, fails=True)


def test_zizmor_finds_nothing(folder: Path) -> None:
    """Offline, and asked for everything that it knows: of workflows, Dependabot and hooks."""
    zizmor = shutil.which("zizmor")
    assert zizmor
    assert "No findings to report" in run(zizmor, "--offline", "--persona", "auditor", ".", cwd=folder)


def actions(text: str) -> set[str]:
    return set(re.findall(r"uses: (\S+ # \S+)$", text, re.MULTILINE))


@pytest.mark.parametrize("database", choices("database"))
def test_the_actions_are_those_of_the_template_itself(database: str, render: Render) -> None:
    """One pin each, which is kept up to date in one place, and checked to be a commit."""
    workflow = (render({"database": database}) / ".github/workflows/ci.yml").read_text()
    own = (ROOT / ".github/workflows/ci.yml").read_text()
    assert set(re.findall(r"uses: (.+)", workflow)) == actions(workflow)
    assert actions(workflow) <= actions(own)


@pytest.mark.parametrize(PYTHON, choices(PYTHON))
def test_ci_runs_the_one_command_on_the_oldest_and_the_newest_python(python_version: str, render: Render) -> None:
    workflow = yaml.safe_load((render({PYTHON: python_version}) / ".github/workflows/ci.yml").read_text())
    pipeline = yaml.safe_load((render({PYTHON: python_version, "ci": "gitlab"}) / ".gitlab-ci.yml").read_text())
    check = workflow["jobs"]["check"]
    pythons = list(dict.fromkeys([python_version, choices(PYTHON)[-1]]))
    assert check["strategy"]["matrix"]["python"] == pythons
    assert pipeline["check"]["parallel"]["matrix"] == [{"PYTHON": pythons}]
    assert [step["run"] for step in check["steps"] if "run" in step] == ["uv run poe check-all"]
    assert pipeline["check"]["script"] == ["uv run poe check-all"]
    assert workflow["env"] == pipeline["variables"] == {"UV_LOCKED": "1"}


def test_kustomize_takes_every_manifest(variant: Variant, folder: Path) -> None:
    if not variant["docker"]:
        pytest.skip("no manifests")
    manifests = {path.name: yaml.safe_load(path.read_text()) for path in (folder / "deploy/kubernetes").iterdir()}
    kustomization = manifests.pop("kustomization.yaml")
    assert kustomization["resources"] == sorted(manifests)
    containers = [
        container
        for manifest in manifests.values()
        for kind in ("containers", "initContainers")
        for container in manifest["spec"].get("template", {}).get("spec", {}).get(kind, [])
        if container["name"] != "redis"
    ]
    (name,) = {container["image"] for container in containers}
    assert [image["name"] for image in kustomization["images"]] == [name]
    assert [generated["name"] for generated in kustomization["configMapGenerator"]] == [name]
    assert {source["name"] for c in containers for entry in c["envFrom"] for source in entry.values()} == {name}


def test_hooks_leave_no_diff_in_a_fresh_service_and_stop_a_bad_commit(
    own_project: Callable[[Answers], Project],
) -> None:
    project = own_project({})
    project.sync()
    project.commit("Lock")
    output = project.uv_run("prek", "run", "--all-files")
    assert "Failed" not in output
    assert project.git("status", "--short") == ""

    project.append("src/my_service/domain/errors.py", "import   structlog  # noqa: E402, F401\n")
    project.edit("pyproject.toml", '"structlog>=26"', '"structlog>=25"')
    project.append("README.md", "<<<<<<< before updating\n")
    output = project.uv_run("prek", "run", "--all-files", fails=True)
    failed = re.findall(r"^(.+?)\.+Failed$", output, re.MULTILINE)
    assert failed == ["uv.lock is up to date", "no merge is left open", "lint and format", "import contracts"]


class Advisories(BaseHTTPRequestHandler):
    """Speaks like https://api.osv.dev, and knows one vulnerability, in structlog."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        known = {"vulns": [{"id": "TEST-1", "modified": "2026-01-01T00:00:00Z"}]}
        self._answer({"results": [known if query["package"]["name"] == "structlog" else {} for query in asked]})

    def do_GET(self) -> None:
        self._answer({"id": "TEST-1", "modified": "2026-01-01T00:00:00Z", "summary": "It leaks.", "affected": []})

    def _answer(self, content: Any) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as the base class calls it
        pass


@contextmanager
def advisories() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Advisories) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_the_audit_tells_of_a_vulnerability(own_project: Callable[[Answers], Project]) -> None:
    project = own_project({})
    run(UV, "lock", "--quiet", cwd=project.folder)
    with advisories() as address:
        output = run(UV, "run", "poe", "audit", "--service-url", address, cwd=project.folder, fails=True)
    assert re.search(r"structlog \S+ has 1 known vulnerability", output)
    assert "warning" not in output
