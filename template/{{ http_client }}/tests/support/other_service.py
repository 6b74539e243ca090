"""Another service, on this machine, that behaves as a test wants."""

import json
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Event, Thread
from typing import Any

type Behaviour = Callable[[socket.socket, Event], None]
"""Gets a connection, after the head of its request was read, and an event that ends the test."""


@dataclass
class OtherService:
    url: str
    heads: list[str] = field(default_factory=list)
    """The heads of all requests."""


@contextmanager
def other_service(behaviours: Mapping[str, Sequence[Behaviour]]) -> Iterator[OtherService]:
    """Yield a service with these behaviours for each path, one after the other; the last one is repeated."""
    ended = Event()
    left = {path: list(found) for path, found in behaviours.items()}

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                head = _head(self.request)
                service.heads.append(head)
                found = left[head.split()[1].partition("?")[0]]
                (found.pop(0) if len(found) > 1 else found[0])(self.request, ended)

    class Server(ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        service = OtherService(f"http://127.0.0.1:{server.server_address[1]}")
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield service
        finally:
            ended.set()
            server.shutdown()
            thread.join()


def _head(connection: socket.socket) -> str:
    received = b""
    while b"\r\n\r\n" not in received:
        chunk = connection.recv(65_536)
        if not chunk:
            raise ConnectionResetError
        received += chunk
    return received.decode()


def head(status: int = 200, **headers: str) -> bytes:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([f"HTTP/1.1 {status} Whatever", "Connection: close", *lines, "", ""]).encode()


def respond(body: Any = None, status: int = 200, **headers: str) -> Behaviour:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Content_Type": "application/json", "Content_Length": str(len(content)), **headers}
    return lambda connection, _: connection.sendall(head(status, **headers) + content)


def hang_up(connection: socket.socket, _: Event) -> None:
    connection.close()


def hang_up_in_the_body(connection: socket.socket, _: Event) -> None:
    connection.sendall(head(Content_Type="application/json", Content_Length="100") + b'{"value"')


def stay_silent(_: socket.socket, ended: Event) -> None:
    ended.wait()


def send_the_head_by_the_byte(connection: socket.socket, ended: Event) -> None:
    _send_by_the_byte(connection, ended, head(Content_Type="application/json", X_Long="x" * 1000))


def send_the_body_by_the_byte(connection: socket.socket, ended: Event) -> None:
    connection.sendall(head(Content_Type="application/json", Content_Length="1000"))
    _send_by_the_byte(connection, ended, b" " * 1000)


def _send_by_the_byte(connection: socket.socket, ended: Event, content: bytes) -> None:
    for byte in content:
        connection.sendall(bytes([byte]))
        if ended.wait(0.05):
            return


def send_50_megabytes(connection: socket.socket, _: Event) -> None:
    connection.sendall(head(Content_Type="application/json"))
    for _chunk in range(50):
        connection.sendall(b" " * 1_000_000)
