"""Requests that the service has to reject."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import httpx2

from tests.support.problems import assert_problem

JSON = {"Content-Type": "application/json"}
MARKER = "5entinel"  # part of many bad values: no response may repeat it

UNREADABLE = {
    "NUL": "%00",
    "NUL inside": "a%00b",
    "a byte that UTF-8 lacks": "%ff",
    "an overlong form": "%c0%af",
    "an encoded surrogate": "%ed%a0%80",
    "a cut character": "%e2%82",
}


@dataclass(frozen=True)
class Bad:
    """A request and the status of its response; ``pointers`` are the places that the problem has to name."""

    status: int
    method: str
    path: str
    content: bytes | Iterable[bytes] = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    pointers: tuple[str, ...] = ()


def assert_rejected(client: httpx2.Client, bad: Bad) -> None:
    """The response is a problem that repeats nothing of the request."""
    response = client.request(bad.method, bad.path, content=bad.content, headers=dict(bad.headers))

    problem = assert_problem(response, bad.status)
    assert MARKER not in response.text.lower()
    assert [error["pointer"] for error in problem.get("errors", ())] == list(bad.pointers) or not bad.pointers
