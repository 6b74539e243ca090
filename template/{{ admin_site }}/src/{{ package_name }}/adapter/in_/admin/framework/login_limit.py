"""Limits failed logins."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from ipaddress import IPv6Address, IPv6Network
from threading import Lock
from time import monotonic

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

WINDOW = 300  # seconds
OF_CLIENT, OF_ACCOUNT = 10, 50  # failures in a window
KEYS = 10_000  # as many clients and accounts are remembered

type Keys = Mapping[str, int]  # each with its limit

log = logging.getLogger(__name__)


class LoginLimit:
    """Counts an attempt when it begins, so that many at once are no way around it; one that succeeds does not count."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._attempts: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = Lock()

    def begin(self, keys: Keys) -> int:
        """Count an attempt and return 0, or return how many seconds to wait."""
        with self._lock:
            now = self._clock()
            full = [attempts for key, limit in keys.items() if len(attempts := self._recent(key, now)) >= limit]
            if full:
                return int(max(attempts[0] for attempts in full) + WINDOW - now) + 1
            for key in keys:
                self._attempts[key].append(now)
            while len(self._attempts) > KEYS:
                self._attempts.popitem(last=False)
            return 0

    def succeed(self, keys: Keys) -> None:
        with self._lock:
            for key in keys:
                if attempts := self._attempts.get(key):
                    attempts.pop()

    def _recent(self, key: str, now: float) -> list[float]:
        attempts = self._attempts[key] = [at for at in self._attempts.pop(key, []) if at > now - WINDOW]
        return attempts


class LoginLimitMiddleware:
    """Watches the login of the admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._limit = LoginLimit()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        if is_login(request) and response.status_code == 302:
            self._limit.succeed(keys_of(request))
        elif is_login(request) and response.status_code == 200:
            log.warning("A login to the admin failed.", extra={"client": client_of(request)})
        return response

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        if not is_login(request) or not (seconds := self._limit.begin(keys_of(request))):
            return None
        log.warning("Too many logins to the admin failed.", extra={"client": client_of(request)})
        return HttpResponse(status=429, headers={"Retry-After": str(seconds)})


def is_login(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.method == "POST" and match is not None and match.view_name == "admin:login"


def keys_of(request: HttpRequest) -> Keys:
    return {client_of(request): OF_CLIENT, request.POST.get("username", "").strip().lower(): OF_ACCOUNT}


def client_of(request: HttpRequest) -> str:
    """Return the address; of IPv6 the network, of which one client has all addresses."""
    address = request.META.get("REMOTE_ADDR") or ""
    try:
        known = IPv6Address(address.partition("%")[0])
    except ValueError:  # of IPv4, or a socket of this machine
        return address
    return str(known.ipv4_mapped or IPv6Network((int(known), 64), strict=False))
