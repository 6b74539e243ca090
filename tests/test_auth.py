"""Accounts in a running service of each framework: what only a server can prove."""

import re
import sqlite3
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from harness.running import Project, clean_environment
from harness.serving import console_script, served
from harness.variants import Answers, choices

PHRASE, WRONG = "correct horse battery", "5entinel horse battery"
EMAIL = "ann@example.org"
KEY = "s1gning-key-s1gning-key-s1gning-key"
AT_ONCE = 50
FAILED = "Login failed"

# Each with an argument, the password; the second one has the hash as well.
MAKE_HASH = {
    "fastapi": """
import sys
from argon2 import PasswordHasher
print(PasswordHasher(time_cost=2, memory_cost=1024, parallelism=1).hash(sys.argv[1]))
""",
    "django": """
import sys
from django.conf import settings
settings.configure(PASSWORD_HASHERS=["my_service.adapter.out.persistence.accounts.hashers.Argon2Hasher"])
from django.contrib.auth.hashers import make_password
print(make_password(sys.argv[1]))
""",
}
CHECK_HASH = (
    MAKE_HASH["django"]
    .replace("make_password", "check_password")
    .replace("print(check_password(sys.argv[1]))", "assert check_password(sys.argv[1], sys.argv[2])")
)


@dataclass(frozen=True)
class Running:
    framework: str
    client: httpx2.Client
    database: Path
    log: Path

    def log_in(self, email: str = EMAIL, password: str = PHRASE) -> httpx2.Response:
        return self.client.post("/tokens", json={"email": email, "password": password}, timeout=60)

    def store(self, email: str, password_hash: str) -> None:
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute("UPDATE account SET password = ? WHERE email = ?", (password_hash, email))

    def stored(self, email: str) -> str:
        with closing(sqlite3.connect(self.database)) as connection:
            ((password_hash,),) = connection.execute("SELECT password FROM account WHERE email = ?", (email,))
        return str(password_hash)


@pytest.fixture(scope="module", params=choices("framework"))
def service(
    request: pytest.FixtureRequest, project: Callable[[Answers], Project], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """With an account that was made by the command, and open registration."""
    chosen = project({"framework": request.param, "auth": "accounts"})
    folder = tmp_path_factory.mktemp("auth")
    database, log = folder / "own.sqlite3", folder / "log"
    environment = {"DATABASE_URL": f"sqlite:///{database}", "TOKEN_KEY": KEY, "OPEN_REGISTRATION": "true"}
    # It takes little memory, because the machine may be busy, but much longer than any other request.
    environment |= {"ARGON2_MEMORY_KIB": "16384", "ARGON2_TIME_COST": "12"}
    chosen.uv_run(console_script(chosen), "migrate", environment=environment)
    command = [str(chosen.script(console_script(chosen))), "account", "create", EMAIL]
    subprocess.run(command, cwd=chosen.folder, env=clean_environment(environment), input=PHRASE, text=True, check=True)
    with served(chosen, log, environment) as client:
        yield Running(request.param, client, database, log)


def test_a_token_of_100_kilobytes_is_rejected(service: Running) -> None:
    response = service.client.get("/me", headers={"Authorization": f"Bearer {'x' * 100_000}"})

    assert response.status_code in {400, 401, 431}
    assert service.client.get("/health/live").status_code == 200


def test_an_unknown_address_takes_as_long_as_a_wrong_password(service: Running) -> None:
    known = [f"known-{number}@example.org" for number in range(3)]
    for email in known:
        registered = service.client.post("/accounts", json={"email": email, "password": PHRASE}, timeout=60)
        assert registered.status_code == 202
    unknown = [f"un{email}" for email in known]

    def seconds(email: str) -> float:
        started = time.perf_counter()
        assert service.log_in(email, WRONG).status_code == 401
        return time.perf_counter() - started

    pairs = [(seconds(one), seconds(other)) for _ in range(4) for one, other in zip(known, unknown, strict=True)]
    of_known, of_unknown = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert 1 / 3 < of_unknown / of_known < 3  # without a hash it would be a twentieth


def test_many_logins_at_once_do_not_stop_others(service: Running) -> None:
    asked = time.perf_counter()
    assert service.log_in().status_code == 200
    long = (time.perf_counter() - asked) / 2
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(AT_ONCE))
        started = time.perf_counter()
        logins = [pool.submit(service.log_in) for _ in range(AT_ONCE)]
        waits = []
        with httpx2.Client(base_url=service.client.base_url) as client:
            while not all(login.done() for login in logins):
                asked = time.perf_counter()
                assert client.get("/health/live", timeout=60).status_code == 200
                waits.append(time.perf_counter() - asked)
                time.sleep(0.01)
        total = time.perf_counter() - started
    statuses = {login.result().status_code for login in logins}

    assert 200 in statuses
    assert statuses <= {200, 503}
    assert sum(wait for wait in waits if wait > long) < total / 5, (total, long, sorted(waits)[-10:])


@pytest.mark.parametrize("prefix", ["", "argon2"])
@pytest.mark.parametrize("other", choices("framework"))
def test_hashes_of_all_frameworks_are_valid_in_each(
    other: str, prefix: str, service: Running, project: Callable[[Answers], Project]
) -> None:
    """The one with the prefix is Django's form: what is stored after the login is also valid for Django itself."""
    email, password = f"{other}{prefix}@example.org", f"{other} battery staple {prefix}"
    made = project({"framework": other, "auth": "accounts"}).uv_run("python", "-c", MAKE_HASH[other], password)
    plain = made.strip().removeprefix("argon2")
    assert plain.startswith("$argon2id$")
    assert service.client.post("/accounts", json={"email": email, "password": PHRASE}, timeout=60).status_code == 202
    service.store(email, prefix + plain)

    assert service.log_in(email, PHRASE).status_code == 401
    assert service.log_in(email, password).status_code == 200
    stored = service.stored(email)
    assert plain not in stored  # other parameters: it was hashed again
    if service.framework == "django":
        project({"framework": "django", "auth": "accounts"}).uv_run("python", "-c", CHECK_HASH, password, stored)


def test_a_failed_login_has_a_log_entry(service: Running) -> None:
    before = service.log.read_text().count(FAILED)
    service.log_in(password=WRONG)
    service.log_in("5entinel@example.org")
    known, unknown = [line for line in service.log.read_text().splitlines() if FAILED in line][before:]

    assert "account_id=None" not in known
    assert "account_id=None" in unknown
    for line in (known, unknown):
        assert re.search(r"client=127\.0\.0\.1 .*email_digest=[0-9a-f]{32} .*reason='wrong credentials'", line), line


def test_no_secret_is_logged(service: Running) -> None:
    """Not even where an unexpected error is logged with its traceback."""
    token = service.log_in().json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    responses = [
        service.log_in(password=WRONG),
        service.client.get(f"/me?access_token={token}", headers={"Authorization": f"Basic {token}"}),
        service.client.post("/me/password", json={"password": WRONG, "new_password": WRONG}, headers=headers),
    ]
    with closing(sqlite3.connect(service.database)) as connection:
        connection.execute("ALTER TABLE account RENAME TO hidden")
        connection.commit()
    broken = [
        service.client.get("/me", headers=headers),
        service.log_in(),
        service.client.post("/accounts", json={"email": "new@example.org", "password": WRONG}),
    ]
    with closing(sqlite3.connect(service.database)) as connection:
        connection.execute("ALTER TABLE hidden RENAME TO account")
        connection.commit()
    log = service.log.read_text()

    assert [response.status_code for response in responses] == [401, 401, 403]
    assert {response.status_code for response in broken} == {500}
    assert "Traceback" in log
    for secret in (EMAIL, PHRASE, WRONG, "5entinel", token, token.rpartition(".")[2], KEY, "$argon2", "argon2id"):
        assert secret not in log, secret
        assert not [response.text for response in responses + broken if secret in response.text]
