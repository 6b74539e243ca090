"""The caller's address, by the word of trusted proxies; the server sees to the scheme itself."""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class TrustedProxies:
    """Wraps a WSGI application, and tells it who called the outermost of the proxies in these networks."""

    def __init__(self, app: WSGIApplication, networks: Sequence[IPv4Network | IPv6Network]) -> None:
        self._app = app
        self._networks = networks

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self._networks:
            environ["REMOTE_ADDR"] = self._caller(environ["REMOTE_ADDR"], environ.get("HTTP_X_FORWARDED_FOR", ""))
        return self._app(environ, start_response)

    def _caller(self, nearest: str, forwarded: str) -> str:
        """Return the first address on the way back that is no proxy's, or the last that is an address at all."""
        caller = nearest
        for hop in reversed(forwarded.split(",")):
            if not self._trusts(caller) or not _is_address(hop.strip()):
                break
            caller = hop.strip()
        return caller

    def _trusts(self, address: str) -> bool:
        return _is_address(address) and any(ip_address(address) in network for network in self._networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
