"""Whatever is wrong with a request about markets: the answer names the places, and nothing is created."""

import json

import httpx2
import pytest

from tests.fakes.store import Store
from tests.support.bad_requests import JSON, MARKER, UNREADABLE, Bad, assert_rejected
from tests.support.problems import assert_headers, assert_problem

GOOD = b'{"name": "Farmers", "slug": "farmers"}'


def posted(status: int, content: bytes, path: str = "/markets", media_type: str = "application/json") -> Bad:
    return Bad(status, "POST", path, content, {"Content-Type": media_type})


def invalid(value: object, *pointers: str) -> Bad:
    return Bad(422, "POST", "/markets", json.dumps(value).encode(), JSON, pointers)


def listing(query: str, *pointers: str, status: int = 422) -> Bad:
    return Bad(status, "GET", f"/markets?{query}", pointers=pointers)


def getting(path: str, status: int = 404) -> Bad:
    return Bad(status, "GET", path)


def priced(fee: object) -> object:
    return {"name": "Farmers", "slug": "farmers", "fee": fee}


INVALID: dict[str, tuple[object, *tuple[str, ...]]] = {
    "null": (None, ""),
    "a list": ([], ""),
    "a list of a good market": ([json.loads(GOOD)], ""),
    "a text": (MARKER, ""),
    "a number": (5, ""),
    "true": (True, ""),
    "nothing given": ({}, "/name", "/slug"),
    "nothing known": ({MARKER: MARKER}, "/name", "/slug"),
    "no name": ({"slug": "farmers"}, "/name"),
    "no slug": ({"name": "Farmers"}, "/slug"),
    "the wrong case of a member": ({"Name": "Farmers", "slug": "farmers"}, "/name"),
    "name null": ({"name": None, "slug": "farmers"}, "/name"),
    "name a number": ({"name": 5, "slug": "farmers"}, "/name"),
    "name a huge integer": ({"name": 2**63, "slug": "farmers"}, "/name"),
    "name true": ({"name": True, "slug": "farmers"}, "/name"),
    "name a list": ({"name": ["Farmers"], "slug": "farmers"}, "/name"),
    "name an object": ({"name": {MARKER: 1}, "slug": "farmers"}, "/name"),
    "name empty": ({"name": "", "slug": "farmers"}, "/name"),
    "name blank": ({"name": " \t\n", "slug": "farmers"}, "/name"),
    "name blank in another alphabet": ({"name": "\u00a0\u2003\u3000", "slug": "farmers"}, "/name"),
    "name of a character that is blank to the rule alone": ({"name": "\u001c", "slug": "farmers"}, ""),
    "name too long": ({"name": MARKER + "x" * 193, "slug": "farmers"}, "/name"),
    "name much too long": ({"name": "x" * 500_000, "slug": "farmers"}, "/name"),
    "slug null": ({"name": "Farmers", "slug": None}, "/slug"),
    "slug a number": ({"name": "Farmers", "slug": 5}, "/slug"),
    "slug a list": ({"name": "Farmers", "slug": ["farmers"]}, "/slug"),
    "slug empty": ({"name": "Farmers", "slug": ""}, "/slug"),
    "slug blank": ({"name": "Farmers", "slug": " "}, "/slug"),
    "slug in capitals": ({"name": "Farmers", "slug": "FARMERS"}, "/slug"),
    "slug with a blank": ({"name": "Farmers", "slug": "far mers"}, "/slug"),
    "slug between blanks": ({"name": "Farmers", "slug": " farmers "}, "/slug"),
    "slug with a line end": ({"name": "Farmers", "slug": "farmers\n"}, "/slug"),
    "slug with an underscore": ({"name": "Farmers", "slug": "far_mers"}, "/slug"),
    "slug with a hyphen first": ({"name": "Farmers", "slug": "-farmers"}, "/slug"),
    "slug with a hyphen last": ({"name": "Farmers", "slug": "farmers-"}, "/slug"),
    "slug with two hyphens": ({"name": "Farmers", "slug": "far--mers"}, "/slug"),
    "slug with a slash": ({"name": "Farmers", "slug": "far/mers"}, "/slug"),
    "slug up the tree": ({"name": "Farmers", "slug": "../5entinel"}, "/slug"),
    "slug with an accent": ({"name": "Farmers", "slug": "märkte"}, "/slug"),
    "slug with a foreign digit": ({"name": "Farmers", "slug": "market-٣"}, "/slug"),
    "slug with an emoji": ({"name": "Farmers", "slug": "🍅"}, "/slug"),
    "slug with a question": ({"name": "Farmers", "slug": "farmers?5entinel"}, "/slug"),
    "slug with SQL": ({"name": "Farmers", "slug": "'; DROP TABLE 5entinel; --"}, "/slug"),
    "slug with HTML": ({"name": "Farmers", "slug": "<script>5entinel</script>"}, "/slug"),
    "slug too long": ({"name": "Farmers", "slug": MARKER + "x" * 57}, "/slug"),
    "fee a list": (priced([]), "/fee"),
    "fee a number": (priced(12.5), "/fee"),
    "fee without an amount": (priced({"currency": "EUR"}), "/fee/amount"),
    "fee without a currency": (priced({"amount": "12.50"}), "/fee/currency"),
    "amount a number": (priced({"amount": 12.5, "currency": "EUR"}), "/fee/amount"),
    "amount an integer": (priced({"amount": 12, "currency": "JPY"}), "/fee/amount"),
    "amount true": (priced({"amount": True, "currency": "EUR"}), "/fee/amount"),
    "amount null": (priced({"amount": None, "currency": "EUR"}), "/fee/amount"),
    "amount with too few decimals": (priced({"amount": "12.5", "currency": "EUR"}), "/fee/amount"),
    "amount with too many decimals": (priced({"amount": "12.500", "currency": "EUR"}), "/fee/amount"),
    "amount with decimals of another currency": (priced({"amount": "12.50", "currency": "JPY"}), "/fee/amount"),
    "amount below 0": (priced({"amount": "-0.01", "currency": "EUR"}), "/fee/amount"),
    "amount too large": (priced({"amount": "1000000000.00", "currency": "EUR"}), "/fee/amount"),
    "amount too large with three decimals": (priced({"amount": "999999999.991", "currency": "KWD"}), "/fee/amount"),
    "amount with an exponent": (priced({"amount": "1E+2", "currency": "JPY"}), "/fee/amount"),
    "amount not a number": (priced({"amount": "NaN", "currency": "EUR"}), "/fee/amount"),
    "amount a word": (priced({"amount": MARKER, "currency": "EUR"}), "/fee/amount"),
    "amount between blanks": (priced({"amount": " 12.50", "currency": "EUR"}), "/fee/amount"),
    "amount with a zero in front": (priced({"amount": "012.50", "currency": "EUR"}), "/fee/amount"),
    "amount with a comma": (priced({"amount": "12,50", "currency": "EUR"}), "/fee/amount"),
    "amount with a line end": (priced({"amount": "12.50\n", "currency": "EUR"}), "/fee/amount"),
    "amount in foreign digits": (priced({"amount": "١٢", "currency": "JPY"}), "/fee/amount"),
    "currency in small letters": (priced({"amount": "12.50", "currency": "eur"}), "/fee/currency"),
    "currency a symbol": (priced({"amount": "12.50", "currency": "€"}), "/fee/currency"),
    "currency too long": (priced({"amount": "12.50", "currency": "EUROS"}), "/fee/currency"),
    "currency a number": (priced({"amount": "12.50", "currency": 978}), "/fee/currency"),
    "amount and currency wrong": (priced({"amount": 5, "currency": MARKER}), "/fee/currency", "/fee/amount"),
    "both wrong": ({"name": "", "slug": MARKER.upper()}, "/name", "/slug"),
}

QUERIES = {
    "an unknown status": ("status=5entinel", "/status"),
    "a status in small letters": ("status=draft", "/status"),
    "no status": ("status=", "/status"),
    "limit 0": ("limit=0", "/limit"),
    "limit -1": ("limit=-1", "/limit"),
    "limit 101": ("limit=101", "/limit"),
    "limit 2**31": (f"limit={2**31}", "/limit"),
    "limit 2**63": (f"limit={2**63}", "/limit"),
    "limit of 30 digits": ("limit=" + "9" * 30, "/limit"),
    "limit of 5000 digits": ("limit=" + "9" * 5000, "/limit"),
    "limit a word": ("limit=5entinel", "/limit"),
    "limit a fraction": ("limit=1.5", "/limit"),
    "limit with an exponent": ("limit=1e1", "/limit"),
    "limit a hexadecimal number": ("limit=0x10", "/limit"),
    "limit true": ("limit=true", "/limit"),
    "limit NaN": ("limit=NaN", "/limit"),
    "limit infinite": ("limit=Infinity", "/limit"),
    "no limit": ("limit=", "/limit"),
    "a blank limit": ("limit=%20", "/limit"),
    "a foreign digit": ("limit=%D9%A3", "/limit"),
    "offset -1": ("offset=-1", "/offset"),
    "offset 2**31": (f"offset={2**31}", "/offset"),
    "offset 2**63": (f"offset={2**63}", "/offset"),
    "offset of 30 digits": ("offset=" + "9" * 30, "/offset"),
    "offset a word": ("offset=5entinel", "/offset"),
    "no offset": ("offset=", "/offset"),
    "offset with SQL": ("offset=0;DROP%20TABLE%205entinel", "/offset"),
    "all wrong": ("status=5entinel&limit=0&offset=-1", "/status", "/limit", "/offset"),
}

UNKNOWN_PATHS = {
    "a slash too many": "/markets/",
    "two slashes too many": "/markets//",
    "a slash too many in front": "//markets",
    "capitals": "/Markets",
    "an unknown market": "/markets/5entinel",
    "an unknown market in capitals": "/markets/FARMERS",
    "a slug that cannot be": "/markets/-5entinel-",
    "a foreign slug": "/markets/m%C3%A4rkte",
    "an emoji": "/markets/%F0%9F%8D%85",
    "a blank": "/markets/%20",
    "a percent sign": "/markets/%2500",
    "a slash in disguise": "/markets/a%2Fb",
    "a way up": "/markets/..%2F..%2Fetc%2Fpasswd",
    "SQL": "/markets/%27%20OR%201=1--",
    "HTML": "/markets/%3Cscript%3E5entinel",
    "a long slug": "/markets/" + "5entinel" * 250,
    "a slash after an unknown market": "/markets/5entinel/",
    "something below a market": "/markets/5entinel/other",
}

METHODS = {
    "/markets": ("DELETE", "PUT", "PATCH", "OPTIONS", "TRACE", "BREW"),
    "/markets/farmers": ("POST", "DELETE", "PUT", "PATCH", "OPTIONS"),
    "/markets/farmers/publish": ("GET", "DELETE", "PUT", "PATCH", "OPTIONS"),
}

REQUESTS = {
    **{f"invalid: {name}": invalid(*case) for name, case in INVALID.items()},
    "invalid: no body": Bad(422, "POST", "/markets"),
    "invalid: no body, but a media type": posted(422, b""),
    "unsupported: on create": posted(415, GOOD, media_type="text/plain"),
    "unsupported: on publish": posted(415, GOOD, "/markets/farmers/publish", "text/plain"),
    "malformed: on create": posted(400, b"{"),
    "malformed: on publish": posted(400, b"{", "/markets/farmers/publish"),
    **{f"query: {name}": listing(*case) for name, case in QUERIES.items()},
    **{f"query: {name} as a value": listing(f"status={text}", status=400) for name, text in UNREADABLE.items()},
    **{f"path: {name}": getting(f"/markets/{text}", 400) for name, text in UNREADABLE.items()},
    "path: NUL on publish": Bad(400, "POST", "/markets/%00/publish"),
    **{f"path: {name}": getting(path) for name, path in UNKNOWN_PATHS.items()},
    "path: publishing an unknown market": Bad(404, "POST", "/markets/5entinel/publish"),
    "path: publishing with a slash too many": Bad(404, "POST", "/markets/5entinel/publish/"),
    "path: creating with a slash too many": posted(404, GOOD, "/markets/"),
    **{f"method: {method} {path}": Bad(405, method, path) for path, methods in METHODS.items() for method in methods},
}


@pytest.mark.parametrize("bad", REQUESTS.values(), ids=REQUESTS.keys())
def test_a_bad_request_is_answered_with_a_problem_and_creates_nothing(
    bad: Bad, client: httpx2.Client, store: Store
) -> None:
    assert_rejected(client, bad)
    assert store == Store()


@pytest.mark.parametrize(("path", "status"), [("/markets/nowhere", 404), ("/markets?limit=0", 422)])
def test_an_error_for_head_has_the_headers_of_get_and_no_body(path: str, status: int, client: httpx2.Client) -> None:
    response = client.head(path)

    assert (response.status_code, response.content) == (status, b"")
    assert_headers(response)
    assert response.headers["Content-Length"] == client.get(path).headers["Content-Length"]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/markets", {"GET", "HEAD", "POST"}),
        ("/markets/farmers", {"GET", "HEAD"}),
        ("/markets/farmers/publish", {"POST"}),
    ],
)
def test_a_wrong_method_is_told_all_the_right_ones(path: str, allowed: set[str], client: httpx2.Client) -> None:
    response = client.delete(path)

    assert_problem(response, 405)
    assert set(response.headers["Allow"].split(", ")) == allowed


def test_parameters_that_nobody_asked_for_are_ignored_however_many(client: httpx2.Client) -> None:
    assert client.get(f"/markets?{'&'.join(['a'] * 1001)}").status_code == 200
