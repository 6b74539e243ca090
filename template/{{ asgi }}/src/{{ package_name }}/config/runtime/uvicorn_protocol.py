"""Uvicorn's faster HTTP protocol, with what only the slower one has."""

import re
from socket import IPPROTO_TCP, TCP_NODELAY
from typing import Any

from httptools import HttpParserError
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 65_536  # bytes
OFFER = re.compile(rb"\r\nupgrade:(?![ \t]*websocket[ \t]*(?:\r|$))[^\r]*", re.IGNORECASE)


class Protocol(HttpToolsProtocol):
    """Bounds the head of a request, and removes ``Upgrade: h2c``, which would make the parser lose the body."""

    _head = b""  # what has arrived of the next request's head
    _in_body = False
    _unparsed = 0  # bytes since the parser last reached the end of a part

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        # Asyncio does this only for sockets that no other worker shares. Without it responses wait for up to 40 ms.
        transport.get_extra_info("socket").setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)

    def data_received(self, data: bytes) -> None:
        self._unparsed += len(data)
        super().data_received(data if self._in_body else self._complete_head(data))
        if self._unparsed > MAX_HEAD and not self.transport.is_closing():
            self.send_400_response("The head of the request is too large.")

    def _complete_head(self, data: bytes) -> bytes:
        """Return nothing until the head is complete, except where the first byte already rules out HTTP."""
        head, end, rest = (self._head + data).partition(b"\r\n\r\n")
        if not end and head[:1].isalpha():
            self._head = head
            return b""
        self._head = b""
        return OFFER.sub(b"", head) + end + rest

    def on_headers_complete(self) -> None:
        self._in_body, self._unparsed = True, 0
        if self.parser.should_upgrade() and self.parser.get_method() != b"GET":
            raise HttpParserError("The offer came in one piece with the request before it, and was not removed.")
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._unparsed = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._in_body, self._unparsed = False, 0
        super().on_message_complete()
