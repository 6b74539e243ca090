"""Whatever is wrong with a request: the answer is a problem that gives nothing away, and nothing is created."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import httpx2
import pytest

from tests.fakes.store import Store
from tests.problems import assert_headers, assert_problem

JSON = {"Content-Type": "application/json"}
GOOD = b'{"name": "Farmers", "slug": "farmers"}'
MIB = 2**20
MARKER = "5entinel"  # part of many a value below: no answer may repeat it


@dataclass(frozen=True)
class Bad:
    """A request, and the status of its refusal; ``pointers`` are the places that the problem has to name."""

    status: int
    method: str = "POST"
    path: str = "/markets"
    content: bytes | Iterable[bytes] = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    pointers: tuple[str, ...] = ()


def malformed(content: bytes) -> Bad:
    return Bad(400, content=content, headers=JSON)


def invalid(value: object, *pointers: str) -> Bad:
    return Bad(422, content=json.dumps(value).encode(), headers=JSON, pointers=pointers)


def unsupported(media_type: str | None, *, method: str = "POST", path: str = "/markets") -> Bad:
    headers = {} if media_type is None else {"Content-Type": media_type}
    return Bad(415, method=method, path=path, content=GOOD, headers=headers)


def listing(query: str, *pointers: str, status: int = 422) -> Bad:
    return Bad(status, "GET", f"/markets?{query}", pointers=pointers)


def getting(path: str, status: int = 404) -> Bad:
    return Bad(status, "GET", path)


def chunks(total: int) -> Iterable[bytes]:
    """Yield a market in a body without a declared length."""

    class Chunks:
        def __iter__(self) -> Iterator[bytes]:
            yield GOOD
            yield b" " * (total - len(GOOD))

    return Chunks()


MALFORMED = {
    "a blank": b" ",
    "an open object": b"{",
    "an open list": b"[",
    "an open text": b'{"name": "5entinel',
    "half a member": b'{"name":',
    "a word": b"5entinel",
    "single quotes": b"{'name': 'Farmers', 'slug': 'farmers'}",
    "a comma too many": b'{"name": "Farmers", "slug": "farmers",}',
    "two values": GOOD + GOOD,
    "text after the value": GOOD + b"5entinel",
    "a comment": b"// 5entinel\n" + GOOD,
    "a name without quotes": b'{name: "Farmers", slug: "farmers"}',
    "Python's True": b"True",
    "JavaScript's undefined": b"undefined",
    "a leading zero": b"01",
    "a leading plus": b"+1",
    "a leading point": b".5",
    "a hexadecimal number": b"0x10",
    "a raw line end in a text": b'{"name": "Far\nmers", "slug": "farmers"}',
    "a raw NUL in a text": b'{"name": "Far\0mers", "slug": "farmers"}',
    "a raw NUL alone": b"\0",
    "a byte order mark": b"\xef\xbb\xbf" + GOOD,
    "UTF-16": GOOD.decode().encode("utf-16"),
    "UTF-16 without a mark": GOOD.decode().encode("utf-16-le"),
    "UTF-32": GOOD.decode().encode("utf-32"),
    "Latin-1": '{"name": "Märkte", "slug": "farmers"}'.encode("latin-1"),
    "a byte that UTF-8 lacks": b'{"name": "\xff", "slug": "farmers"}',
    "an overlong form": b'{"name": "\xc0\xaf", "slug": "farmers"}',
    "an encoded surrogate": b'{"name": "\xed\xa0\x80", "slug": "farmers"}',
    "a cut character": b'{"name": "\xe2\x82", "slug": "farmers"}',
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff",
    "NUL in a name": rb'{"name": "Far\u0000mers", "slug": "farmers"}',
    "NUL in a slug": rb'{"name": "Farmers", "slug": "farmers\u0000"}',
    "NUL in an unknown member": rb'{"name": "Farmers", "slug": "farmers", "x": ["\u0000"]}',
    "NUL in a member's name": rb'{"name": "Farmers", "slug": "farmers", "\u0000": 1}',
    "a lone high surrogate": rb'{"name": "\ud800", "slug": "farmers"}',
    "a lone low surrogate": rb'{"name": "\udc00", "slug": "farmers"}',
    "a pair the wrong way round": rb'{"name": "\udc00\ud800", "slug": "farmers"}',
    "a lone surrogate deep inside": rb'{"name": "Farmers", "slug": "farmers", "x": {"y": [{"z": "\uDFFF"}]}}',
    "a lone surrogate as a member's name": rb'{"name": "Farmers", "slug": "farmers", "\ud800": 1}',
    "NaN": b'{"name": NaN, "slug": "farmers"}',
    "NaN in an unknown member": b'{"name": "Farmers", "slug": "farmers", "x": NaN}',
    "Infinity": b'{"name": "Farmers", "slug": "farmers", "x": Infinity}',
    "-Infinity": b'{"name": "Farmers", "slug": "farmers", "x": -Infinity}',
    "1e400": b'{"name": "Farmers", "slug": "farmers", "x": 1e400}',
    "-1e400": b'{"name": "Farmers", "slug": "farmers", "x": [-1e400]}',
    "an integer of 5000 digits": b'{"name": "Farmers", "slug": "farmers", "x": ' + b"9" * 5000 + b"}",
    "65 lists": b'{"name": "Farmers", "slug": "farmers", "x": ' + b"[" * 64 + b"]" * 64 + b"}",
    "65 objects": b'{"x": ' * 65 + b"1" + b"}" * 65,
    "5000 lists": b"[" * 5000 + b"]" * 5000,
    "200000 open lists": b"[" * 200_000,
    "150000 objects": b'{"x":' * 150_000 + b"1" + b"}" * 150_000,
    "a member twice": b'{"name": "Farmers", "slug": "farmers", "slug": "5entinel"}',
    "a member twice, once in disguise": rb'{"name": "Farmers", "slug": "farmers", "sl\u0075g": "other"}',
    "a member twice deep inside": b'{"name": "Farmers", "slug": "farmers", "x": [{"y": 1, "y": 1}]}',
}

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
    "both wrong": ({"name": "", "slug": MARKER.upper()}, "/name", "/slug"),
}

UNSUPPORTED = {
    "no media type": None,
    "an empty media type": "",
    "plain text": "text/plain",
    "plain text that speaks of JSON": "text/plain; application/json",
    "a form": "application/x-www-form-urlencoded",
    "a form in parts": "multipart/form-data; boundary=x",
    "XML": "application/xml",
    "something with +xml": "application/problem+xml",
    "text/json": "text/json",
    "JSON's neighbours": "application/jsonp",
    "JSON lines": "application/json-seq",
    "an image with +json": "image/x+json",
    "a wildcard": "application/*",
    "half a media type": "json",
    "two media types": "application/json, text/plain",
    "bytes": "application/octet-stream",
    "JSON in UTF-16": "application/json; charset=utf-16",
    "JSON in Latin-1": 'application/json; charset="iso-8859-1"',
    "JSON in nothing known": "application/json; charset=5entinel",
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

UNREADABLE = {
    "NUL": "%00",
    "NUL inside": "a%00b",
    "a byte that UTF-8 lacks": "%ff",
    "an overlong form": "%c0%af",
    "an encoded surrogate": "%ed%a0%80",
    "a cut character": "%e2%82",
}

UNKNOWN_PATHS = {
    "the root": "/",
    "nothing known": "/5entinel",
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
    "a slash after the document": "/openapi.json/",
    "a slash after the health": "/health/live/",
    "half the health": "/health",
    "another format": "/openapi.yaml",
    "somebody's administration": "/admin/",
    "somebody's icon": "/favicon.ico",
}

METHODS = {
    "/markets": ("DELETE", "PUT", "PATCH", "OPTIONS", "TRACE", "BREW"),
    "/markets/farmers": ("POST", "DELETE", "PUT", "PATCH", "OPTIONS"),
    "/markets/farmers/publish": ("GET", "DELETE", "PUT", "PATCH", "OPTIONS"),
    "/health/live": ("POST", "DELETE", "OPTIONS"),
    "/health/ready": ("POST", "DELETE", "OPTIONS"),
    "/openapi.json": ("POST", "DELETE", "OPTIONS"),
    "/docs": ("POST", "DELETE", "OPTIONS"),
}

SIZES = {
    "one byte too many": Bad(413, content=GOOD + b" " * (MIB + 1 - len(GOOD)), headers=JSON),
    "one byte too many, in chunks": Bad(413, content=chunks(MIB + 1), headers=JSON),
    "too much in chunks": Bad(413, content=chunks(5 * MIB), headers=JSON),
    "too much of a wrong kind": Bad(413, content=b"x" * (MIB + 1), headers={"Content-Type": "text/plain"}),
    "too much for nobody": Bad(413, path="/5entinel", content=b" " * (MIB + 1), headers=JSON),
    "more declared than sent": Bad(413, content=GOOD, headers=JSON | {"Content-Length": str(10**12)}),
    "a length that is no number": Bad(400, content=GOOD, headers=JSON | {"Content-Length": MARKER}),
    "a length below zero": Bad(400, content=GOOD, headers=JSON | {"Content-Length": "-1"}),
    "a length of 5000 digits": Bad(400, content=GOOD, headers=JSON | {"Content-Length": "9" * 5000}),
}

HEADERS = {
    "a wish for HTML": {"Accept": "text/html"},
    "a wish for XML": {"Accept": "application/xml;q=1.0, */*;q=0"},
    "a wish for nothing": {"Accept": "x/5entinel"},
    "a wish for compression": {"Accept-Encoding": "gzip, br"},
    "an unknown language": {"Accept-Language": "tlh"},
    "a nameless request id": {"X-Request-ID": MARKER},
    "a long request id": {"X-Request-ID": "5" * 5000},
    "a broken trace": {"Traceparent": "00-5entinel-01"},
    "a condition": {"If-Match": '"5entinel"', "If-None-Match": "*"},
    "a range": {"Range": "bytes=0-1"},
    "another method in disguise": {"X-HTTP-Method-Override": "DELETE"},
    "another host in disguise": {"X-Forwarded-Host": "5entinel.example"},
    "broken credentials": {"Authorization": "Basic 5entinel"},
    "broken cookies": {"Cookie": "=;=5entinel;;csrftoken"},
    "a foreign origin": {"Origin": "https://5entinel.example"},
}

REQUESTS = {
    **{f"malformed: {name}": malformed(content) for name, content in MALFORMED.items()},
    **{f"invalid: {name}": invalid(*case) for name, case in INVALID.items()},
    "invalid: no body": Bad(422),
    "invalid: no body, but a media type": Bad(422, headers=JSON),
    **{f"unsupported: {name}": unsupported(media_type) for name, media_type in UNSUPPORTED.items()},
    "unsupported: on publish": unsupported("text/plain", path="/markets/farmers/publish"),
    "unsupported: on get": unsupported("text/plain", method="GET", path="/markets/farmers"),
    "unsupported: on a path that is not": unsupported("text/plain", path="/5entinel"),
    "malformed: on publish": Bad(400, path="/markets/farmers/publish", content=b"{", headers=JSON),
    "malformed: on get": Bad(400, "GET", content=b"{", headers=JSON),
    **{f"query: {name}": listing(*case) for name, case in QUERIES.items()},
    **{f"query: {name} as a value": listing(f"status={text}", status=400) for name, text in UNREADABLE.items()},
    **{f"query: {name} as a name": listing(f"{text}=1", status=400) for name, text in UNREADABLE.items()},
    **{f"path: {name}": getting(f"/markets/{text}", 400) for name, text in UNREADABLE.items()},
    "path: NUL on publish": Bad(400, path="/markets/%00/publish"),
    "path: NUL at the root": getting("/%00", 400),
    **{f"path: {name}": getting(path) for name, path in UNKNOWN_PATHS.items()},
    "path: publishing an unknown market": Bad(404, path="/markets/5entinel/publish"),
    "path: publishing with a slash too many": Bad(404, path="/markets/5entinel/publish/"),
    "path: creating with a slash too many": Bad(404, path="/markets/", content=GOOD, headers=JSON),
    **{f"method: {method} {path}": Bad(405, method, path) for path, methods in METHODS.items() for method in methods},
    **{f"size: {name}": bad for name, bad in SIZES.items()},
    **{f"header: {name}": Bad(404, "GET", "/markets/5entinel", headers=headers) for name, headers in HEADERS.items()},
}


def test_there_are_enough_of_them() -> None:
    assert len(REQUESTS) >= 200


@pytest.mark.parametrize("bad", REQUESTS.values(), ids=REQUESTS.keys())
def test_a_bad_request_is_answered_with_a_problem_and_creates_nothing(
    bad: Bad, client: httpx2.Client, store: Store
) -> None:
    response = client.request(bad.method, bad.path, content=bad.content, headers=dict(bad.headers))

    problem = assert_problem(response, bad.status)
    assert MARKER not in response.text.lower()
    assert [error["pointer"] for error in problem.get("errors", ())] == list(bad.pointers) or not bad.pointers
    assert store == Store()


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nowhere", 404), ("/markets/nowhere", 404), ("/markets?limit=0", 422), ("/markets/%00", 400)],
)
def test_a_refused_head_is_a_refused_get_without_its_body(path: str, status: int, client: httpx2.Client) -> None:
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
        ("/health/live", {"GET", "HEAD"}),
        ("/health/ready", {"GET", "HEAD"}),
    ],
)
def test_a_wrong_method_is_told_all_the_right_ones(path: str, allowed: set[str], client: httpx2.Client) -> None:
    response = client.delete(path)

    assert_problem(response, 405)
    assert set(response.headers["Allow"].split(", ")) == allowed


def test_a_problem_names_at_most_twenty_places(client: httpx2.Client) -> None:
    query = "&".join(["limit=0", "offset=-1", "status=no"] * 20)

    assert len(assert_problem(client.get(f"/markets?{query}"), 422)["errors"]) <= 20
