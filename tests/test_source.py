"""A service from a local folder: the message after copying warns, and the document says how to follow a server."""

from pathlib import Path

import pytest

from harness.documents import commands
from harness.releases import Releases, copier, update
from harness.running import Environment, Project, run

URL = "https://git.example.com/team/copier-hexagonal.git"
WARNING = "so only this machine can update it"


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    return Releases(tmp_path_factory.mktemp("releases"))


@pytest.fixture
def server(releases: Releases, tmp_path: Path) -> Environment:
    """Let git find the template's repository behind ``URL``."""
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{releases.folder}.insteadOf",
        "GIT_CONFIG_VALUE_0": URL,
        "COPIER_CACHE_DIR": str(tmp_path / "cache"),
    }


def copied(source: str | Path, folder: Path, environment: Environment) -> str:
    return copier("copy", "--defaults", source, folder, cwd=folder.parent, environment=environment)


def test_only_a_service_from_a_local_folder_is_warned_about(
    releases: Releases, server: Environment, tmp_path: Path
) -> None:
    assert WARNING in copied(releases.folder, tmp_path / "local", server)
    assert WARNING not in copied(URL, tmp_path / "remote", server)


def test_a_service_moves_to_another_source_by_the_documented_commands(
    releases: Releases, server: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied(releases.folder, tmp_path / "service", server)
    service = Project(tmp_path / "service")
    service.git("init", "--quiet", "--initial-branch=main")
    service.commit("Start")
    move = [line for line in commands((service.folder / "docs/updates.md").read_text()) if "_src_path" in line]
    for command in move:
        run("sh", "-c", command, cwd=service.folder)
    service.commit("Follow the server")
    releases.write("docs/added.md", "# Added\n")
    releases.release("1.1.0")
    for name, value in server.items():
        monkeypatch.setenv(name, value)

    update(service)

    assert f"_src_path: {URL}\n" in (service.folder / ".copier-answers.yml").read_text()
    assert (service.folder / "docs/added.md").exists()
