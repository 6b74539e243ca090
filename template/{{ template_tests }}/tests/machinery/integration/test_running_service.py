"""The running service: bytes that no client library would send, and the end of the process."""

import signal
import time
from contextlib import suppress

import httpx2
import pytest

from tests.support.problems import assert_problem
from tests.support.raw_http import drained, in_chunks, post, response_of
from tests.support.running_service import RunningService, serve, wait_until

MIB = 2**20
BODY = b'{"x": 1}'
HEADERS = {"Content-Type": "application/json"}
HIDDEN = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"

# A body that has been read and found good; the method is not.
READ = 405


def test_a_small_body_in_chunks_is_read(service: RunningService) -> None:
    body = in_chunks(BODY[:3], BODY[3:])
    raw = service.send(post("/health/live", body, "Transfer-Encoding: chunked", "Connection: close"))

    assert_problem(response_of(raw), READ)


@pytest.mark.parametrize("total", [MIB + 1, 5 * MIB])
def test_a_body_that_is_too_large_is_rejected(total: int, client: httpx2.Client) -> None:
    body = BODY.ljust(total)

    assert_problem(client.post("/health/live", content=body, headers=HEADERS), 413)
    assert_problem(client.post("/health/live", content=iter([body[:5], body[5:]]), headers=HEADERS), 413)


def test_a_body_that_is_declared_too_large_is_rejected_at_once(service: RunningService) -> None:
    headers = (f"Content-Length: {10**12}", "Expect: 100-continue", "Connection: close")
    raw = service.send(post("/health/live", b"", *headers))

    assert_problem(response_of(raw), 413)


def test_a_body_as_large_as_allowed_is_read(client: httpx2.Client) -> None:
    assert_problem(client.post("/health/live", content=BODY.ljust(MIB), headers=HEADERS), READ)


NO_REQUESTS = {
    "noise": b"\0\xff\r\n\r\n",
    "a version that is none": b"GET / HTTP/9.9\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    "NUL in a header": b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n",
    "a chunk without a size": post("/health/live", b"zz\r\n{}\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
    "two hosts": b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nHost: 5entinel\r\nConnection: close\r\n\r\n",
    "two lengths": post("/health/live", b"{}", "Content-Length: 2", "Content-Length: 3"),
    "a length below zero": post("/health/live", b"{}", "Content-Length: -2"),
}


@pytest.mark.parametrize("raw", NO_REQUESTS.values(), ids=NO_REQUESTS.keys())
def test_the_server_rejects_bytes_that_are_not_http_and_repeats_nothing(raw: bytes, service: RunningService) -> None:
    response = service.send(raw)

    assert response_of(response).status_code in {400, 501, 505}
    assert b"5entinel" not in response
    assert service.client.get("/health/live").status_code == 200


ENDLESS = {
    "a header": b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: ",
    "a trailer": post("/health/live", b"1\r\n{\r\n0\r\nX: ", "Transfer-Encoding: chunked"),
}


@pytest.mark.parametrize("start", ENDLESS.values(), ids=ENDLESS.keys())
def test_the_server_stops_reading_what_has_no_end(start: bytes, service: RunningService) -> None:
    with service.connect() as connection:
        raw = b""
        with suppress(ConnectionError):  # a client that keeps sending may lose the response
            connection.sendall(start + b"x" * 5 * MIB)
            while chunk := connection.recv(65_536):  # a server that keeps reading sends nothing, and this times out
                raw += chunk

    assert not raw or response_of(raw).status_code in {400, 431}
    assert service.client.get("/health/live").status_code == 200


@pytest.mark.parametrize("framing", [f"Content-Length: {len(HIDDEN)}", "Transfer-Encoding: chunked"])
@pytest.mark.parametrize("together", [True, False])
def test_a_request_that_offers_http_2_keeps_its_body(together: bool, framing: str, service: RunningService) -> None:
    """Every JDK client offers HTTP/2 like this. The body must not be read as the next request."""
    after = b"GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    body = in_chunks(HIDDEN) if framing.endswith("chunked") else HIDDEN
    head = post("/health/live", b"", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", framing)
    with service.connect() as connection:
        for segment in [head + body + after] if together else [head, body + after]:
            connection.sendall(segment)
            time.sleep(0.1)
        first, second = drained(connection).split(b"HTTP/1.1 ")[1:]

    assert first.startswith(b"400")
    assert b"malformed-request" in first
    assert second.startswith(b"404")


def test_head_has_no_body_and_leaves_the_connection_usable(service: RunningService) -> None:
    head = b"HEAD /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n"
    get = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    first, second = service.send(head + get).split(b"HTTP/1.1 ")[1:]

    assert first.startswith(b"404")
    assert first.endswith(b"\r\n\r\n")
    assert second.startswith(b"200")


def test_a_request_in_flight_is_answered_before_the_end(address: str) -> None:
    with serve(address) as service, service.connect() as connection:
        connection.sendall(post("/health/live", BODY[:3], f"Content-Length: {len(BODY)}"))
        service.client.get("/health/live")  # by now the other request is being read
        service.client.close()
        service.terminate()
        wait_until(lambda: not is_answered(service), seconds=30)
        connection.sendall(BODY[3:])

        assert_problem(response_of(drained(connection)), READ)
        assert service.process.wait(timeout=30) in {0, -signal.SIGTERM}
        assert "Traceback" not in service.log.read_text()


def is_answered(service: RunningService) -> bool:
    with suppress(OSError), service.connect() as connection:
        connection.sendall(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return bool(drained(connection, patience=0.5))
    return False
