"""Gunicorn's worker, which repeats nothing of what it cannot read."""

import socket
from typing import Any

from gunicorn import util
from gunicorn.http.errors import ParseException
from gunicorn.workers.gthread import ThreadWorker

BAD_REQUEST = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Worker(ThreadWorker):
    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        if isinstance(exc, ParseException):
            self.log.warning("Invalid HTTP request received.")
            util.write_nonblock(client, BAD_REQUEST)
        else:
            super().handle_error(req, client, addr, exc)
