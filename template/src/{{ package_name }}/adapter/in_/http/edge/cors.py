"""Requests from the pages of other origins (CORS): none, unless a setting names the origins."""

from collections.abc import Sequence

type Headers = list[tuple[str, str]]

# What a page may see of an answer, and send with a request. Nothing is said of cookies: the service has none.
EXPOSED: Headers = [("Access-Control-Expose-Headers", "Allow, Location, Retry-After, X-Request-ID")]
PERMITTED: Headers = [
    ("Access-Control-Allow-Methods", "DELETE, GET, HEAD, PATCH, POST, PUT"),
    ("Access-Control-Allow-Headers", "Authorization, Content-Type, Traceparent, Tracestate, X-Request-ID"),
    ("Access-Control-Max-Age", "600"),
]


class Cors:
    """Made of origins like ``https://app.example.com``; ``*`` stands for all."""

    def __init__(self, allowed: Sequence[str]) -> None:
        self._all = "*" in allowed
        self._allowed = frozenset(allowed)

    def include(self, origin: str | None) -> bool:
        return origin is not None and (self._all or origin in self._allowed)

    def headers(self, origin: str | None) -> Headers:
        """Return what every answer to this origin carries, a refusal as well."""
        if not self._allowed:
            return []
        if self._all:
            return [("Access-Control-Allow-Origin", "*"), *EXPOSED]
        vary = ("Vary", "Origin")  # or else a cache could give one origin what was meant for another
        if origin is None or origin not in self._allowed:
            return [vary]
        return [("Access-Control-Allow-Origin", origin), *EXPOSED, vary]
