"""Cross-origin requests (CORS): none is allowed unless a setting lists its origin."""

from collections.abc import Sequence

type Headers = list[tuple[str, str]]

# Access-Control-Allow-Credentials is missing on purpose: the service uses no cookies.
EXPOSED_HEADERS: Headers = [("Access-Control-Expose-Headers", "Allow, Location, Retry-After, X-Request-ID")]
PREFLIGHT_HEADERS: Headers = [
    ("Access-Control-Allow-Methods", "DELETE, GET, HEAD, PATCH, POST, PUT"),
    ("Access-Control-Allow-Headers", "Authorization, Content-Type, Traceparent, Tracestate, X-Request-ID"),
    ("Access-Control-Max-Age", "600"),
]


class Cors:
    """Takes origins like ``https://app.example.com``; ``*`` allows all."""

    def __init__(self, origins: Sequence[str]) -> None:
        self._all = "*" in origins
        self._origins = frozenset(origins)

    def allow(self, origin: str | None) -> bool:
        return origin is not None and (self._all or origin in self._origins)

    def headers(self, origin: str | None) -> Headers:
        """Return the headers of every response to this origin, problems included."""
        if not self._origins:
            return []
        if self._all:
            return [("Access-Control-Allow-Origin", "*"), *EXPOSED_HEADERS]
        vary = ("Vary", "Origin")  # otherwise a cache could serve one origin's response to another
        if origin is None or origin not in self._origins:
            return [vary]
        return [("Access-Control-Allow-Origin", origin), *EXPOSED_HEADERS, vary]
