"""What a team does in ``bootstrap``: start and close resources, and publish events with the service's own use cases."""

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.running import Project
from harness.serving import console_script, served
from harness.variants import Answers

BOOTSTRAP = "src/my_service/config/bootstrap.py"

SERVERS = [
    pytest.param({"framework": framework, "concurrency": concurrency}, id=f"{framework}-{concurrency}")
    for framework in ("fastapi", "django")
    for concurrency in ("async", "sync")
]

PUBLISH = """
    async def publish(events: Sequence[Event]) -> None:
        found = await use_cases.list_markets(ListMarketsQuery(status=None, limit=10, offset=0))
        log.info("published %d of %d", len(events), len(found))
        raise RuntimeError("The broker is down.")

    ports ="""

LIFESPAN = """            log.info("opened")
            resources.callback(log.info, "closed first")
            resources.callback(log.info, "closed last in, first out")
            yield
"""


@pytest.mark.parametrize("answers", SERVERS)
def test_resources_open_and_close_in_order_and_a_failing_publisher_breaks_nothing(
    answers: Answers, own_project: Callable[[Answers], Project], tmp_path: Path
) -> None:
    project = own_project(answers)
    project.sync()
    extend(project, colour=answers["concurrency"])
    environment = {"DATABASE_URL": f"sqlite:///{(tmp_path / 'own.sqlite3').as_posix()}"}
    project.uv_run(console_script(project), "migrate", environment=environment)
    with served(project, tmp_path / "log", environment) as client:
        created = client.post("/markets", json={"name": "Farmers", "slug": "farmers"})
        found = client.get("/markets/farmers")

    assert (created.status_code, found.status_code) == (201, 200)
    entries = (tmp_path / "log").read_text()
    expected = ("opened", "published 1 of 1", "its events could not be published: MarketCreated", "The broker is down.")
    positions = [entries.find(text) for text in (*expected, "closed last in, first out", "closed first")]
    assert -1 not in positions, entries
    assert positions == sorted(positions), entries


def extend(project: Project, colour: str) -> None:
    publish = PUBLISH if colour == "async" else PUBLISH.replace("async ", "").replace("await ", "")
    project.edit(BOOTSTRAP, "    ports =", publish.removeprefix("\n"))
    project.edit(BOOTSTRAP, "        log_events,\n", "        publish,\n")
    project.edit(BOOTSTRAP, "            yield\n", LIFESPAN)
    project.edit(BOOTSTRAP, "\n\ndef bootstrap(", "\n\nlog = logging.getLogger(__name__)\n\n\ndef bootstrap(")
    imports = """import logging
from collections.abc import Sequence
from my_service.domain.event import Event
from my_service.domain.port.in_.list_markets import ListMarketsQuery
"""
    project.edit(BOOTSTRAP, "from functools import partial\n", f"from functools import partial\n{imports}")
