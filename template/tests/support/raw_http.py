"""Raw HTTP, for requests that no client library would send."""

import socket
from contextlib import suppress

import httpx2

from tests.support.default_headers import DEFAULT_HEADERS


def post(path: str, body: bytes, *headers: str) -> bytes:
    """Return a raw POST request; ``headers`` have to include its length or its transfer encoding."""
    defaults = [f"{name}: {value}" for name, value in DEFAULT_HEADERS.items()]
    lines = [f"POST {path} HTTP/1.1", "Host: localhost", "Content-Type: application/json", *defaults, *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def drained(connection: socket.socket, *, patience: float = 20, silence: float = 2) -> bytes:
    """Return what arrives until the server closes, or is silent; a busy machine may need long for the first bytes."""
    connection.settimeout(patience)
    received = b""
    with suppress(TimeoutError, ConnectionResetError):
        while chunk := connection.recv(65_536):
            received += chunk
            connection.settimeout(silence)
    return received


def in_chunks(*chunks: bytes) -> bytes:
    return b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in (*chunks, b""))


def response_of(raw: bytes) -> httpx2.Response:
    """Parse the final response in ``raw``, without the interim one before it."""
    head, _, body = raw.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n").partition(b"\r\n\r\n")
    status, *headers = head.decode().split("\r\n")
    pairs = [(name, value.strip()) for name, _, value in (header.partition(":") for header in headers)]
    return httpx2.Response(int(status.split()[1]), headers=pairs, content=body)
