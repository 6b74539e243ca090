"""An HTTP client, and a websocket, for an application in the same process."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from typing import Any

import httpx2
from anyio.from_thread import BlockingPortal, start_blocking_portal

from tests.support.default_headers import DEFAULT_HEADERS

type Message = MutableMapping[str, Any]
type App = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]


@contextmanager
def client_of(app: App, prefix: str = "") -> Iterator[httpx2.Client]:
    """Yield a synchronous client, whatever the application is, so that all HTTP tests look the same.

    ``prefix`` is the path that the service is mounted under.
    """
    with (
        start_blocking_portal() as portal,
        httpx2.Client(
            transport=InProcess(app, portal, prefix), base_url=f"http://testserver{prefix}", headers=DEFAULT_HEADERS
        ) as client,
    ):
        yield client


class InProcess(httpx2.BaseTransport):
    def __init__(self, app: App, portal: BlockingPortal, prefix: str) -> None:
        self._transport = httpx2.ASGITransport(app, root_path=prefix)
        self._portal = portal

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        return self._portal.call(self._handle, request)

    async def _handle(self, request: httpx2.Request) -> httpx2.Response:
        response = await self._transport.handle_async_request(request)
        body = httpx2.ByteStream(b"".join([chunk async for chunk in response.aiter_raw()]))  # it may be compressed
        return httpx2.Response(response.status_code, headers=response.headers, stream=body)


def websocket_messages(app: App, path: str, *texts: str, **scope: Any) -> Sequence[Message]:
    """Connect, send the texts, disconnect, and return all messages of the application; ``scope`` adds to ASGI's."""
    received: list[Message] = [{"type": "websocket.receive", "text": text} for text in texts]
    received = [{"type": "websocket.connect"}, *received, {"type": "websocket.disconnect", "code": 1000}]
    sent: list[Message] = []

    async def receive() -> Message:
        return received.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    url = {"path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": []}

    async def connect() -> None:
        await app({"type": "websocket", **url, **scope}, receive, send)

    asyncio.run(connect())
    return sent
