"""An HTTP client for an application in the same process."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIApplication, WSGIEnvironment

import httpx2

from tests.support.default_headers import DEFAULT_HEADERS


@contextmanager
def client_of(app: WSGIApplication, prefix: str = "") -> Iterator[httpx2.Client]:
    """Yield a synchronous client, whatever the application is, so that all HTTP tests look the same.

    ``prefix`` is the path that the service is mounted under.
    """
    transport, url = InProcess(app, prefix), f"http://testserver{prefix}"
    with httpx2.Client(transport=transport, base_url=url, headers=DEFAULT_HEADERS) as client:
        yield client


class InProcess(httpx2.BaseTransport):
    """Acts like a server; httpx2's own transport decodes paths differently, and gives every body a length."""

    def __init__(self, app: WSGIApplication, prefix: str) -> None:
        self._app = app
        self._prefix = prefix

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None, /) -> Callable[[bytes], object]:
            started.append((status, headers))
            return io.BytesIO().write

        chunks = self._app(_environ(request, self._prefix), start_response)
        body = httpx2.ByteStream(b"".join(chunks))
        if hasattr(chunks, "close"):
            chunks.close()
        ((status, headers),) = started
        return httpx2.Response(int(status[:3]), headers=headers, stream=body)


def _environ(request: httpx2.Request, prefix: str) -> WSGIEnvironment:
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()}
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if value := headers.pop(f"HTTP_{name}", None):
            headers[name] = value
    path, _, query = request.url.raw_path.partition(b"?")
    return {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": prefix,
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1").removeprefix(prefix),
        "QUERY_STRING": query.decode("latin-1"),
        "SERVER_NAME": request.url.host,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": request.url.scheme,
        "wsgi.input": io.BytesIO(request.read()),
        "wsgi.input_terminated": True,
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **headers,
    }
