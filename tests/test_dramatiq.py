"""The option ``worker`` with Dramatiq: Redis and all processes are killed, and no event is lost or handled twice."""

import os
import signal
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from harness.running import Project
from harness.serving import free_port
from harness.variants import Answers
from tests.test_cache import SERVER, redis
from tests.test_worker import (
    Lab,
    check_effects,
    create_and_publish,
    lab_of,
    poison_and_killer,
    synced,
    terminate_with_work_in_hand,
    wait_until,
)

# The structures that tests/test_worker.py does not have.
SERVICES = [
    pytest.param({"framework": f, "concurrency": c, "database": d, "worker": "dramatiq"}, id=f"{f}-{c}-{d}")
    for f, c, d in (
        ("fastapi", "async", "postgresql"),
        ("fastapi", "sync", "sqlite"),
        ("django", "sync", "sqlite"),
        ("django", "async", "postgresql"),
    )
]

ERROR = "The worker continues after an error"

pytestmark = pytest.mark.skipif(not SERVER and "CI" not in os.environ, reason="redis-server is not installed")


@pytest.mark.parametrize("answers", SERVICES)
def test_redis_and_processes_are_killed_and_no_event_is_lost_or_handled_twice(
    answers: Answers, own_project: Callable[[Answers], Project], tmp_path: Path
) -> None:
    project, port = synced(own_project(answers)), free_port()
    slugs = [f"market-{uuid4().hex}" for _ in range(100)]
    with lab_of(project, tmp_path, PAUSE="0.02", BROKER_URL=f"redis://127.0.0.1:{port}") as lab:
        workers = [lab.start("work"), lab.start("work")]
        _wait_for(lab, "The worker has started", 2)
        with ThreadPoolExecutor(4) as pool:
            with redis(port):
                service = lab.serve()
                calls = [pool.submit(create_and_publish, lab, slug) for slug in slugs]
                _wait_for(lab, "handled event", 5)
            _wait_for(lab, f"{ERROR}: ConnectionClosed", 2)  # Redis is away, with all that it had
            with redis(port) as server:
                _kill(service, workers[0])
                lab.serve()
                lab.start("work")
                server.send_signal(signal.SIGSTOP)  # it accepts connections, and does not respond
                _wait_for(lab, f"{ERROR}: TimeoutError", 1)
                server.send_signal(signal.SIGCONT)
                for call in calls:
                    call.result()
                lab.wait_until_handled()
        check_effects(lab, slugs)


def _wait_for(lab: Lab, text: str, times: int) -> None:
    wait_until(lambda: lab.log("work").count(text) >= times)


def _kill(*processes: subprocess.Popen[bytes]) -> None:
    for process in processes:
        process.kill()
        process.wait()


@pytest.mark.parametrize("answers", SERVICES[1::2])
def test_bad_events_end_as_dead_letters_and_what_is_sent_is_taken_back_at_the_end(
    answers: Answers, own_project: Callable[[Answers], Project], tmp_path: Path
) -> None:
    project, port = synced(own_project(answers)), free_port()
    environment = {"EVENT_ATTEMPTS": "2", "BROKER_URL": f"redis://127.0.0.1:{port}"}
    with redis(port), lab_of(project, tmp_path, **environment) as lab:
        poison_and_killer(lab)
        terminate_with_work_in_hand(lab)
        _finish(lab)


def _finish(lab: Lab) -> None:
    """Two workers handle what is left, once."""
    for _ in range(2):
        lab.start("work")
    lab.wait_until_handled()
    assert len(lab.rows("SELECT text FROM announcement WHERE text LIKE '%slow%'")[0]) == 9
