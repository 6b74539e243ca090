"""What an identity provider publishes (OpenID Connect Discovery), over HTTP."""

import json
import time
from collections.abc import Mapping
from typing import Any

import httpx2

TIMEOUT = 1.5  # seconds for each step; a request that waits for both documents still gets its response within six
MAX_BYTES = 2**18
HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity"}  # a compressed document has no known size


class DocumentError(Exception):
    """A document of the provider cannot be used; the text says why."""


def fetch_key_set(issuer: str, transport: httpx2.BaseTransport | None = None) -> Mapping[str, Any]:
    """Return the provider's JSON Web Key Set; raise ``DocumentError``."""
    with httpx2.Client(timeout=TIMEOUT, follow_redirects=False, headers=HEADERS, transport=transport) as client:
        configuration = _read(client, f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if configuration.get("issuer") != issuer:
            raise DocumentError(f"The configuration at {issuer} has another issuer.")
        address = configuration.get("jwks_uri")
        if not isinstance(address, str) or not address.startswith(_schemes(issuer)):
            raise DocumentError(f"The configuration of {issuer} has no secure address of keys.")
        return _read(client, address)


def _schemes(issuer: str) -> tuple[str, ...]:
    """Keys are fetched as securely as the configuration, or more so."""
    return ("https://",) if issuer.startswith("https://") else ("https://", "http://")


def _read(client: httpx2.Client, url: str) -> Mapping[str, Any]:
    try:
        with client.stream("GET", url) as response:
            if response.status_code != 200:
                raise DocumentError(f"{url} has the status {response.status_code}.")
            document = json.loads(_body(response))
    except (httpx2.HTTPError, httpx2.InvalidURL, RecursionError, ValueError) as error:
        raise DocumentError(f"{url} cannot be read: {type(error).__name__}.") from error
    if not isinstance(document, dict):
        raise DocumentError(f"{url} is not a JSON object.")
    return document


def _body(response: httpx2.Response) -> bytes:
    deadline = time.monotonic() + TIMEOUT
    body = b""
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > MAX_BYTES or time.monotonic() > deadline:
            raise DocumentError(f"{response.url} is too large or too slow.")
    return body
