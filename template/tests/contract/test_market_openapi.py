"""The OpenAPI document on markets."""

import re
from typing import Any

import pytest


def test_a_new_market_is_described_with_its_rules(document: dict[str, Any]) -> None:
    body = document["paths"]["/markets"]["post"]["requestBody"]
    rules = document["components"]["schemas"]["NewMarketBody"]

    assert body["required"]
    assert body["content"] == {"application/json": {"schema": {"$ref": "#/components/schemas/NewMarketBody"}}}
    assert set(rules["required"]) == {"name", "slug"}
    assert rules["properties"].keys() == {"name", "slug", "fee"}
    assert (rules["properties"]["name"]["minLength"], rules["properties"]["name"]["maxLength"]) == (1, 200)
    assert rules["properties"]["slug"]["maxLength"] == 64


def test_an_amount_is_described_as_a_string(document: dict[str, Any]) -> None:
    money = document["components"]["schemas"]["MoneyBody"]

    assert money["properties"]["amount"]["type"] == "string"
    assert re.fullmatch(money["properties"]["amount"]["pattern"], "999999999.99")
    assert set(money["required"]) == {"amount", "currency"}


def test_a_page_is_described_with_its_bounds(document: dict[str, Any]) -> None:
    parameters = {found["name"]: found for found in document["paths"]["/markets"]["get"]["parameters"]}

    assert parameters.keys() == {"status", "limit", "offset"}
    assert not any(found.get("required") for found in parameters.values())
    limit = parameters["limit"]["schema"]
    assert (limit["minimum"], limit["maximum"], limit["default"]) == (1, 100, 20)


def test_a_created_market_is_documented_with_its_location(document: dict[str, Any]) -> None:
    assert "Location" in document["paths"]["/markets"]["post"]["responses"]["201"]["headers"]


@pytest.mark.parametrize(
    ("method", "path", "declared"),
    [
        ("post", "/markets", {"201", "409", "422", "503"}),
        ("get", "/markets", {"200", "422", "503"}),
        ("get", "/markets/{slug}", {"200", "404", "503"}),
        ("post", "/markets/{slug}/publish", {"200", "404", "409", "503"}),
    ],
)
def test_the_errors_of_a_route_are_documented(
    method: str, path: str, declared: set[str], document: dict[str, Any]
) -> None:
    assert document["paths"][path][method]["responses"].keys() - {"400", "413", "415", "500"} == declared
