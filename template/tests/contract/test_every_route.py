"""What holds for every route of the service, read from its OpenAPI document: those to come included."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.bad_requests import JSON
from tests.problems import assert_problem

MIB = 2**20


@pytest.fixture
def paths(client: httpx2.Client) -> dict[str, dict[str, Any]]:
    document: dict[str, dict[str, Any]] = client.get("/openapi.json").json()
    return document["paths"]


def operations(paths: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the method, a path with ``x`` for each parameter, and the operation."""
    for path, methods in paths.items():
        for method, operation in methods.items():
            yield method.upper(), filled(path, "x"), operation


def filled(path: str, value: str) -> str:
    return "/".join(value if part.startswith("{") else part for part in path.split("/"))


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"{", "application/json", 400),
        (b'{"x": NaN}', "application/json", 400),
        (b"{}", "text/plain", 415),
        (b" " * (MIB + 1), "application/json", 413),
    ],
)
def test_it_refuses_a_body_that_cannot_be_read(
    content: bytes, media_type: str, status: int, paths: dict[str, dict[str, Any]], client: httpx2.Client
) -> None:
    for method, path, _ in operations(paths):
        assert_problem(client.request(method, path, content=content, headers={"Content-Type": media_type}), status)


def test_it_refuses_a_body_that_is_none_of_its_own(paths: dict[str, dict[str, Any]], client: httpx2.Client) -> None:
    for method, path, operation in operations(paths):
        if operation.get("requestBody", {}).get("required"):
            assert_problem(client.request(method, path), 422)
            assert_problem(client.request(method, path, content=b"null", headers=JSON), 422)


def test_it_refuses_numbers_out_of_bounds(paths: dict[str, dict[str, Any]], client: httpx2.Client) -> None:
    for method, path, operation in operations(paths):
        for parameter in operation.get("parameters", ()):
            if parameter["in"] == "query" and parameter["schema"].get("type") == "integer":
                for value in (parameter["schema"]["maximum"] + 1, parameter["schema"]["minimum"] - 1, 2**63):
                    problem = assert_problem(client.request(method, path, params={parameter["name"]: value}), 422)
                    assert {"pointer": f"/{parameter['name']}"}.items() <= problem["errors"][0].items()


def test_it_refuses_an_address_that_is_no_text(paths: dict[str, dict[str, Any]], client: httpx2.Client) -> None:
    for path, methods in paths.items():
        for method in methods:
            assert_problem(client.request(method.upper(), filled(path, "%00"), params={"x": "\0"}), 400)


def test_it_names_its_methods_to_a_wrong_one(paths: dict[str, dict[str, Any]], client: httpx2.Client) -> None:
    for path, methods in paths.items():
        response = client.request("BREW", filled(path, "x"))

        assert_problem(response, 405)
        allowed = {method.upper() for method in methods} | ({"HEAD"} if "get" in methods else set())
        assert set(response.headers["Allow"].split(", ")) == allowed


def test_it_knows_no_slash_too_many(paths: dict[str, dict[str, Any]], client: httpx2.Client) -> None:
    for method, path, _ in operations(paths):
        assert_problem(client.request(method, f"{path}/"), 404)


def test_it_gives_only_answers_that_are_documented(paths: dict[str, dict[str, Any]], client: httpx2.Client) -> None:
    for method, path, operation in operations(paths):
        response = client.request(method, path)

        assert str(response.status_code) in operation["responses"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
