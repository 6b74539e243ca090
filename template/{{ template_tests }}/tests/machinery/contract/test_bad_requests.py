"""Every bad request gets a problem that repeats nothing of the request."""

from collections.abc import Iterable, Iterator

import httpx2
import pytest

from tests.support.bad_requests import JSON, MARKER, UNREADABLE, Bad, assert_rejected
from tests.support.problems import assert_headers, assert_problem

LIVE = "/health/live"
GOOD = b'{"name": "Gardens", "code": "gardens"}'
MIB = 2**20


def posted(status: int, content: bytes | Iterable[bytes], path: str = LIVE, **headers: str) -> Bad:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Bad(status, "POST", path, content, JSON | named)


def unsupported(media_type: str | None, method: str = "POST", path: str = LIVE) -> Bad:
    headers = {} if media_type is None else {"Content-Type": media_type}
    return Bad(415, method, path, GOOD, headers)


def getting(path: str, status: int = 404) -> Bad:
    return Bad(status, "GET", path)


def chunks(total: int) -> Iterable[bytes]:
    """Yield a body without a declared length."""

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
    "single quotes": b"{'name': 'Gardens', 'code': 'gardens'}",
    "a comma too many": b'{"name": "Gardens", "code": "gardens",}',
    "two values": GOOD + GOOD,
    "text after the value": GOOD + b"5entinel",
    "a comment": b"// 5entinel\n" + GOOD,
    "a name without quotes": b'{name: "Gardens", code: "gardens"}',
    "Python's True": b"True",
    "JavaScript's undefined": b"undefined",
    "a leading zero": b"01",
    "a leading plus": b"+1",
    "a leading point": b".5",
    "a hexadecimal number": b"0x10",
    "a raw line end in a text": b'{"name": "Gar\ndens", "code": "gardens"}',
    "a raw NUL in a text": b'{"name": "Gar\0dens", "code": "gardens"}',
    "a raw NUL alone": b"\0",
    "a byte order mark": b"\xef\xbb\xbf" + GOOD,
    "UTF-16": GOOD.decode().encode("utf-16"),
    "UTF-16 without a mark": GOOD.decode().encode("utf-16-le"),
    "UTF-32": GOOD.decode().encode("utf-32"),
    "Latin-1": '{"name": "Gärten", "code": "gardens"}'.encode("latin-1"),
    "a byte that UTF-8 lacks": b'{"name": "\xff", "code": "gardens"}',
    "an overlong form": b'{"name": "\xc0\xaf", "code": "gardens"}',
    "an encoded surrogate": b'{"name": "\xed\xa0\x80", "code": "gardens"}',
    "a cut character": b'{"name": "\xe2\x82", "code": "gardens"}',
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff",
    "NUL in a name": rb'{"name": "Gar\u0000dens", "code": "gardens"}',
    "NUL in a code": rb'{"name": "Gardens", "code": "gardens\u0000"}',
    "NUL in an unknown member": rb'{"name": "Gardens", "code": "gardens", "x": ["\u0000"]}',
    "NUL in a member's name": rb'{"name": "Gardens", "code": "gardens", "\u0000": 1}',
    "a lone high surrogate": rb'{"name": "\ud800", "code": "gardens"}',
    "a lone low surrogate": rb'{"name": "\udc00", "code": "gardens"}',
    "a pair the wrong way round": rb'{"name": "\udc00\ud800", "code": "gardens"}',
    "a lone surrogate deep inside": rb'{"name": "Gardens", "code": "gardens", "x": {"y": [{"z": "\uDFFF"}]}}',
    "a lone surrogate as a member's name": rb'{"name": "Gardens", "code": "gardens", "\ud800": 1}',
    "NaN": b'{"name": NaN, "code": "gardens"}',
    "NaN in an unknown member": b'{"name": "Gardens", "code": "gardens", "x": NaN}',
    "Infinity": b'{"name": "Gardens", "code": "gardens", "x": Infinity}',
    "-Infinity": b'{"name": "Gardens", "code": "gardens", "x": -Infinity}',
    "1e400": b'{"name": "Gardens", "code": "gardens", "x": 1e400}',
    "-1e400": b'{"name": "Gardens", "code": "gardens", "x": [-1e400]}',
    "an integer of 5000 digits": b'{"name": "Gardens", "code": "gardens", "x": ' + b"9" * 5000 + b"}",
    "65 lists": b'{"name": "Gardens", "code": "gardens", "x": ' + b"[" * 64 + b"]" * 64 + b"}",
    "65 objects": b'{"x": ' * 65 + b"1" + b"}" * 65,
    "5000 lists": b"[" * 5000 + b"]" * 5000,
    "200000 open lists": b"[" * 200_000,
    "150000 objects": b'{"x":' * 150_000 + b"1" + b"}" * 150_000,
    "a member twice": b'{"name": "Gardens", "code": "gardens", "code": "5entinel"}',
    "a member twice, once in disguise": rb'{"name": "Gardens", "code": "gardens", "c\u006fde": "other"}',
    "a member twice deep inside": b'{"name": "Gardens", "code": "gardens", "x": [{"y": 1, "y": 1}]}',
}

UNSUPPORTED = {
    "no media type": None,
    "an empty media type": "",
    "plain text": "text/plain",
    "plain text with JSON as a parameter": "text/plain; application/json",
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

CODINGS = ("gzip", "br", "identity, gzip", "5entinel")

UNKNOWN_PATHS = {
    "the root": "/",
    "an unknown name": "/5entinel",
    "a slash after the document": "/openapi.json/",
    "a slash after the health": "/health/live/",
    "half the health": "/health",
    "another format": "/openapi.yaml",
    "an icon": "/favicon.ico",
}

METHODS = {
    "/health/live": ("POST", "DELETE", "OPTIONS", "PUT", "PATCH", "TRACE", "BREW"),
    "/health/ready": ("POST", "DELETE", "OPTIONS"),
    "/openapi.json": ("POST", "DELETE", "OPTIONS"),
    "/docs": ("POST", "DELETE", "OPTIONS"),
}

SIZES = {
    "one byte too many": posted(413, GOOD + b" " * (MIB + 1 - len(GOOD))),
    "one byte too many, in chunks": posted(413, chunks(MIB + 1)),
    "too much in chunks": posted(413, chunks(5 * MIB)),
    "too much of a wrong kind": posted(413, b"x" * (MIB + 1), Content_Type="text/plain"),
    "too much for an unknown path": posted(413, b" " * (MIB + 1), "/5entinel"),
    "more declared than sent": posted(413, GOOD, Content_Length=str(10**12)),
    "a length that is not a number": posted(400, GOOD, Content_Length=MARKER),
    "a length below zero": posted(400, GOOD, Content_Length="-1"),
    "a length of 5000 digits": posted(400, GOOD, Content_Length="9" * 5000),
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
    **{f"malformed: {name}": posted(400, content) for name, content in MALFORMED.items()},
    "malformed: on get": Bad(400, "GET", LIVE, b"{", JSON),
    **{f"unsupported: {name}": unsupported(media_type) for name, media_type in UNSUPPORTED.items()},
    **{f"unsupported: in {coding}": posted(415, GOOD, Content_Encoding=coding) for coding in CODINGS},
    "unsupported: on get": unsupported("text/plain", "GET"),
    "unsupported: on an unknown path": unsupported("text/plain", path="/5entinel"),
    **{f"query: {name} as a value": getting(f"{LIVE}?x={text}", 400) for name, text in UNREADABLE.items()},
    **{f"query: {name} as a name": getting(f"{LIVE}?{text}=1", 400) for name, text in UNREADABLE.items()},
    **{f"path: {name}": getting(f"/{text}", 400) for name, text in UNREADABLE.items()},
    **{f"path: {name}": getting(path) for name, path in UNKNOWN_PATHS.items()},
    "path: a line end after the health": getting(f"{LIVE}%0A", 400),
    "path: a tab": getting("/%09", 400),
    "path: posting with a slash too many": posted(404, GOOD, f"{LIVE}/"),
    **{f"method: {method} {path}": Bad(405, method, path) for path, methods in METHODS.items() for method in methods},
    **{f"size: {name}": bad for name, bad in SIZES.items()},
    **{f"header: {name}": Bad(404, "GET", "/5entinel", headers=headers) for name, headers in HEADERS.items()},
}


@pytest.mark.parametrize("bad", REQUESTS.values(), ids=REQUESTS.keys())
def test_the_response_to_a_bad_request_is_a_problem(bad: Bad, client: httpx2.Client) -> None:
    assert_rejected(client, bad)


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/health/%00", 400)])
def test_head_gets_the_headers_of_the_problem_without_its_body(path: str, status: int, client: httpx2.Client) -> None:
    response = client.head(path)

    assert (response.status_code, response.content) == (status, b"")
    assert_headers(response)
    assert response.headers["Content-Length"] == client.get(path).headers["Content-Length"]


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_the_response_to_a_wrong_method_lists_the_right_ones(path: str, client: httpx2.Client) -> None:
    response = client.delete(path)

    assert_problem(response, 405)
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD"}


def test_the_response_to_a_compressed_body_says_which_encoding_is_accepted(client: httpx2.Client) -> None:
    response = client.post(LIVE, content=GOOD, headers=JSON | {"Content-Encoding": "gzip"})

    assert_problem(response, 415)
    assert response.headers["Accept-Encoding"] == "identity"
    assert_problem(client.post(LIVE, content=GOOD, headers=JSON | {"Content-Encoding": "Identity"}), 405)
