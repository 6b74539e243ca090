"""The client's address behind trusted proxies; the server itself applies X-Forwarded-Proto."""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class TrustedProxies:
    """Wraps a WSGI application, and gives it the address of the client that called the outermost trusted proxy."""

    def __init__(self, app: WSGIApplication, networks: Sequence[IPv4Network | IPv6Network]) -> None:
        self._app = app
        self._networks = networks

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self._networks:
            environ["REMOTE_ADDR"] = self._client(environ["REMOTE_ADDR"], environ.get("HTTP_X_FORWARDED_FOR", ""))
        return self._app(environ, start_response)

    def _client(self, nearest: str, forwarded: str) -> str:
        """Go back from the nearest hop, and return the first address that is not a trusted proxy's."""
        client = nearest
        for hop in reversed(forwarded.split(",")):
            if not self._trusts(client) or not _is_address(hop.strip()):
                break
            client = hop.strip()
        return client

    def _trusts(self, address: str) -> bool:
        return _is_address(address) and any(ip_address(address) in network for network in self._networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
