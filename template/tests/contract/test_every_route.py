"""What holds for every route of the service, read from its OpenAPI document: those to come included."""

import re
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.support.bad_requests import JSON
from tests.support.problems import assert_problem

MIB = 2**20
JSON_TYPE = re.compile(r"application/(json|.+\+json)\b.*")
NIL_UUID = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def paths(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = document["paths"]
    return found


def operations(paths: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the method, an address of the path, and the operation."""
    for path, methods in paths.items():
        for method, operation in methods.items():
            yield method.upper(), address(path, operation), operation


def address(path: str, operation: dict[str, Any]) -> str:
    """Return the path with a value for each parameter; a router may find no route for a text in place of a number."""
    for parameter in operation.get("parameters", ()):
        path = path.replace(f"{{{parameter['name']}}}", fitting(parameter["schema"]))
    return path


def fitting(schema: dict[str, Any]) -> str:
    if schema.get("type") in {"integer", "number"}:
        return "1"
    return NIL_UUID if schema.get("format") == "uuid" else "x"


def filled(path: str, value: str) -> str:
    return re.sub(r"{\w+}", value, path)


def other_media_types(operation: dict[str, Any]) -> list[str]:
    """Return those of a body that the route reads itself, and that the edge knows nothing of."""
    media_types = list(operation.get("requestBody", {}).get("content", ()))
    return [] if any(map(JSON_TYPE.fullmatch, media_types)) else media_types


def schemas(node: Any, document: dict[str, Any], seen: frozenset[str] = frozenset()) -> Iterator[dict[str, Any]]:
    """Yield every schema in it, and in what it refers to."""
    if isinstance(node, dict):
        yield node
        name = node.get("$ref", "").removeprefix("#/components/schemas/")
        if name and name not in seen:
            yield from schemas(document["components"]["schemas"][name], document, seen | {name})
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from schemas(inner, document, seen)


def integers_of_the_query(operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "query":
            for schema in integers(parameter["schema"]):
                yield parameter["name"], schema


def integers(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the schema if it is one of integers, and those inside of one that also allows for none."""
    if schema.get("type") == "integer":
        yield schema
    for inner in schema.get("anyOf", ()):
        yield from integers(inner)


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
    for method, path, operation in operations(paths):
        if not other_media_types(operation):
            assert_problem(client.request(method, path, content=content, headers={"Content-Type": media_type}), status)


def test_it_leaves_other_bodies_to_their_routes(paths: dict[str, dict[str, Any]], client: httpx2.Client) -> None:
    """A route that takes no JSON has to be in ``own_body_paths``: otherwise the edge rejects its requests."""
    for method, path, operation in operations(paths):
        for media_type in other_media_types(operation):
            response = client.request(method, path, content=b"x", headers={"Content-Type": media_type})

            assert str(response.status_code) in operation["responses"]


def test_it_refuses_a_body_that_is_none_of_its_own(paths: dict[str, dict[str, Any]], client: httpx2.Client) -> None:
    for method, path, operation in operations(paths):
        if operation.get("requestBody", {}).get("required") and not other_media_types(operation):
            assert_problem(client.request(method, path), 422)
            assert_problem(client.request(method, path, content=b"null", headers=JSON), 422)


def test_it_refuses_numbers_out_of_bounds(paths: dict[str, dict[str, Any]], client: httpx2.Client) -> None:
    for method, path, operation in operations(paths):
        for name, schema in integers_of_the_query(operation):
            assert {"minimum", "maximum"} <= schema.keys(), f"{name} of {method} {path} needs bounds: ge= and le="
            for value in (schema["maximum"] + 1, schema["minimum"] - 1, 2**63):
                problem = assert_problem(client.request(method, path, params={name: value}), 422)
                assert f"/{name}" in {error["pointer"] for error in problem["errors"]}


def test_its_bodies_have_no_number_without_bounds(paths: dict[str, dict[str, Any]], document: dict[str, Any]) -> None:
    for method, path, operation in operations(paths):
        for schema in schemas(operation.get("requestBody", {}), document):
            if schema.get("type") == "integer" and schema.keys().isdisjoint({"const", "enum"}):
                bounds = schema.keys() & {"minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"}
                assert len(bounds) >= 2, f"the body of {method} {path}: {schema} needs bounds: ge= and le="


def test_it_refuses_an_address_that_is_no_text(paths: dict[str, dict[str, Any]], client: httpx2.Client) -> None:
    for path, methods in paths.items():
        for method in methods:
            assert_problem(client.request(method.upper(), filled(path, "%00"), params={"x": "\0"}), 400)


def test_it_names_its_methods_to_a_wrong_one(paths: dict[str, dict[str, Any]], client: httpx2.Client) -> None:
    for path, methods in paths.items():
        response = client.request("BREW", address(path, next(iter(methods.values()))))

        assert_problem(response, 405)
        allowed = {method.upper() for method in methods} | ({"HEAD"} if "get" in methods else set())
        assert set(response.headers["Allow"].split(", ")) == allowed


def test_it_knows_no_slash_too_many(paths: dict[str, dict[str, Any]], client: httpx2.Client) -> None:
    for method, path, _ in operations(paths):
        assert_problem(client.request(method, f"{path}/"), 404)


def test_it_gives_only_answers_that_are_documented(paths: dict[str, dict[str, Any]], client: httpx2.Client) -> None:
    for path, methods in paths.items():
        for method, operation in methods.items():
            for asked in (address(path, operation), filled(path, "x")):
                response = client.request(method.upper(), asked)

                assert str(response.status_code) in operation["responses"]
                assert response.headers["X-Content-Type-Options"] == "nosniff"
