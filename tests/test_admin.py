"""Django's admin in production: logins over HTTPS, static files, and editors who meet."""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path

import httpx2
import pytest

from harness.documents import response_to
from harness.running import STATIC, UV, Project, run
from harness.serving import package_of, served
from harness.variants import Answers, choices
from tests.test_how_to import follow

PHRASE = "correct horse battery staple"
EMAIL = "ann@example.org"
MARKETS = "/admin/persistence/marketrow/"
USERS = "/admin/accounts/user/"
CONFLICT = "Farmers: Somebody else has changed this; look at it again."

BELOW_A_PREFIX = """
from {package}.config import django_apps
django_apps.FORCE_SCRIPT_NAME = "/shop"
from {package}.config.runtime.django.setup import set_up
set_up()
from django.test import Client
client = Client(SERVER_NAME="localhost", raise_request_exception=False)
print(client.get("/admin/login/").text)
print(client.get("/admin/").headers["Location"])
print(client.get("/static/admin/css/base.css").headers["Content-Type"])
"""


@dataclass(frozen=True)
class Running:
    project: Project
    client: httpx2.Client
    database: Path

    def browser(self, email: str = EMAIL) -> "Browser":
        browser = Browser(self.client)
        browser.log_in(email)
        return browser


@dataclass
class Browser:
    """Behind a proxy that ends HTTPS; httpx would not send it the cookies."""

    client: httpx2.Client
    scheme: str = "https"
    cookies: dict[str, str] = field(default_factory=dict)

    def log_in(self, email: str = EMAIL) -> None:
        assert self.submit("/admin/login/", username=email, password=PHRASE, next="/admin/").status_code == 200
        assert self.get("/admin/").status_code == 200

    def get(self, path: str) -> httpx2.Response:
        return self._send("GET", path)

    def submit(self, path: str, **fields: object) -> httpx2.Response:
        """Fill in the form at this path, hidden fields included, and return the page after it."""
        return self.send(path, hidden_fields(self.get(path).text) | fields)

    def send(self, path: str, fields: Mapping[str, object]) -> httpx2.Response:
        response = self._send("POST", path, fields)
        return self.get(response.headers["Location"]) if response.is_redirect else response

    def _send(self, method: str, path: str, fields: Mapping[str, object] | None = None) -> httpx2.Response:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        origin = f"{self.scheme}://{self.client.base_url.netloc.decode()}"
        headers = {"X-Forwarded-Proto": self.scheme, "Origin": origin}
        response = self.client.request(method, path, data=fields, headers=headers | {"Cookie": cookies}, timeout=60)
        for line in response.headers.get_list("Set-Cookie"):
            self.cookies |= {name: cookie.value for name, cookie in SimpleCookie(line).items()}
        return response


def hidden_fields(page: str) -> dict[str, object]:
    """Return them; one that is there several times is a list."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page):
        found.setdefault(name, []).append(unescape(value))
    return dict(found)


def messages(page: httpx2.Response) -> list[str]:
    return [unescape(text) for text in re.findall(r'<li class="(?:success|error|warning)">(.*?)</li>', page.text)]


@pytest.fixture(scope="module", params=choices("concurrency"))
def service(
    request: pytest.FixtureRequest, project: Callable[[Answers], Project], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    chosen = project({"framework": "django", "concurrency": request.param, "database": "sqlite", "admin": True})
    folder = tmp_path_factory.mktemp("admin")
    environment = {
        "ENVIRONMENT": "production",
        "DATABASE_URL": f"sqlite:///{folder / 'own.sqlite3'}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECRET_KEY": "0123456789" * 5,
        "FORWARDED_ALLOW_IPS": "127.0.0.1",
        "STATIC_ROOT": str(folder / "static"),
        "HSTS_SECONDS": "60",
        "DJANGO_SUPERUSER_PASSWORD": PHRASE,
    }
    for command in ("migrate", "collectstatic --no-input", f"createsuperuser --no-input --email {EMAIL}"):
        chosen.uv_run("python", "manage.py", *command.split(), environment=environment)
    with served(chosen, folder / "log", environment) as client:
        yield Running(chosen, client, folder / "own.sqlite3")


def test_pages_need_https_and_the_api_leaves_that_to_the_proxy(service: Running) -> None:
    redirected = service.client.get("/admin/login/")
    assert redirected.status_code == 301
    assert redirected.headers["Location"] == f"https://{service.client.base_url.netloc.decode()}/admin/login/"
    assert service.client.get("/health/live").status_code == 200

    page = Browser(service.client).get("/admin/login/")
    assert page.headers["Strict-Transport-Security"] == "max-age=60"
    assert "Secure" in page.headers["Set-Cookie"]


def test_static_files_have_hashed_names_and_are_kept_for_ever(service: Running) -> None:
    page = service.browser().get("/admin/").text
    paths = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    assert len(paths) > 5
    for path in paths:
        assert re.search(r"\.[0-9a-f]{12}\.(css|js|svg)$", path)
        file = Browser(service.client).get(path)
        assert file.headers["Cache-Control"] == "max-age=315360000, public, immutable"
        assert int(file.headers["Content-Length"]) == file.num_bytes_downloaded
        assert Browser(service.client)._send("HEAD", path).headers["Content-Length"] == file.headers["Content-Length"]
    css = Browser(service.client).get(next(path for path in sorted(paths) if "/base." in path))
    assert css.headers["Content-Encoding"] == "gzip"
    assert "--primary" in css.text


def test_an_editor_whose_page_is_old_changes_nothing(service: Running) -> None:
    first, second = service.browser(), service.browser()
    added = first.submit(f"{MARKETS}add/", name="Farmers", slug="farmers", amount="12.50", currency="EUR")
    assert len(messages(added)) == 1
    old = first.get(f"{MARKETS}?q=farmers").text
    (key,) = re.findall(r'name="_selected_action" value="([^"]+)"', old)
    of_second = f"{MARKETS}{key}/change/"
    assert messages(second.submit(of_second, **{"CHANGE_FORM-action": "publish"})) == ["Farmers: Published."]

    action = {"action": "publish", "_selected_action": key}
    assert messages(first.send(MARKETS, hidden_fields(old) | action)) == [CONFLICT]
    again = hidden_fields(first.get(f"{MARKETS}?q=farmers").text) | action
    assert messages(first.send(MARKETS, again)) == ["Farmers: The market is already published."]


def test_staff_may_do_what_they_are_allowed_to(service: Running) -> None:
    admin, email = service.browser(), "bob@example.org"
    admin.submit(f"{USERS}add/", email=email, usable_password="true", password1=PHRASE, password2=PHRASE)
    (path,) = re.findall(rf'href="({USERS}[^"]+/change/)[^"]*">{email}<', admin.get(USERS).text)
    assert len(messages(admin.submit(path, email=email, is_active="on", is_staff="on"))) == 1

    clerk = service.browser(email)
    assert "have permission to view or edit anything" in clerk.get("/admin/").text
    assert clerk.get(MARKETS).status_code == 403
    assert clerk.get(f"{MARKETS}add/").status_code == 403


def test_links_begin_with_the_prefix_that_the_proxy_takes_away(service: Running) -> None:
    script = BELOW_A_PREFIX.format(package=package_of(service.project))
    environment = {"DATABASE_URL": f"sqlite:///{service.database}", "REQUIRE_HTTPS": "false"}
    printed = service.project.uv_run("python", "-c", script, environment=environment)
    assert 'href="/shop/static/admin/css/base.css"' in printed
    assert "\n/shop/admin/login/?next=/shop/admin/\n" in printed
    assert "text/css" in printed


def test_a_database_without_tables_is_an_error_in_html(service: Running) -> None:
    browser = service.browser()
    with closing(sqlite3.connect(service.database)) as connection:
        connection.execute("ALTER TABLE market RENAME TO hidden")
        connection.commit()
        try:
            broken = browser.get(MARKETS)
        finally:
            connection.execute("ALTER TABLE hidden RENAME TO market")
            connection.commit()
    assert broken.status_code == 503
    assert broken.headers["Content-Type"] == "text/html; charset=utf-8"
    assert broken.headers["X-Request-ID"] in broken.text
    assert "hidden" not in broken.text


def test_packages_are_added_as_the_guide_says(own_project: Callable[[Answers], Project], tmp_path: Path) -> None:
    """The guide, and after it a package that gives the admin other pages."""
    service = own_project({"framework": "django", "concurrency": "sync", "database": "sqlite", "admin": True})
    service.sync()
    environment = {"DATABASE_URL": f"sqlite:///{tmp_path / 'own.sqlite3'}", "DJANGO_SUPERUSER_PASSWORD": PHRASE}
    (curl,) = follow(service, "add-packages-to-the-admin.md", environment)
    for name in STATIC:
        service.uv_run("poe", name)
    service.uv_run("pytest", "--quiet", "tests/integration/test_market_admin.py")
    service.uv_run("python", "manage.py", "createsuperuser", "--no-input", "--email", EMAIL, environment=environment)
    with served(service, tmp_path / "log", environment) as client:
        browser = Browser(client, "http")
        browser.log_in()
        for slug in ("farmers", "night"):
            client.post("/markets", json={"name": slug.title(), "slug": slug}).raise_for_status()
        assert response_to(client, curl).json() == {"slugs": ["farmers"]}
        fields = dict.fromkeys(("marketrowresource_slug", "marketrowresource_status"), "on")
        exported = browser.submit(f"{MARKETS}export/", format="0", **fields)
        assert exported.text.split() == ["slug,status", "farmers,DRAFT", "night,DRAFT"]

    run(UV, "add", "--quiet", "django-unfold", cwd=service.folder)
    package = f"src/{package_of(service)}"
    apps = f"{package}/config/django_apps.py"
    service.edit(apps, '= (\n    "django_filters"', '= (\n    "unfold",\n    "django_filters"')
    admin = f"{package}/adapter/in_/admin/markets.py"
    service.edit(admin, "(ExportMixin, UseCaseAdmin)", "(ExportMixin, UseCaseAdmin, ModelAdmin)")
    service.edit(admin, "import ExportMixin  #", "import ExportMixin\nfrom unfold.admin import ModelAdmin  #")
    with served(service, tmp_path / "log", environment) as client:
        browser = Browser(client, "http")
        browser.log_in()
        page = browser.get(f"{MARKETS}?q=farmers").text
        assert "/static/unfold/css/styles.css" in page
        (key,) = re.findall(r'name="_selected_action"[^>]* value="([^"]+)"', page)
        done = browser.send(MARKETS, hidden_fields(page) | {"action": "publish", "_selected_action": key})
        assert "farmers: Published." in done.text
