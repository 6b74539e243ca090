"""An identity provider on this machine: ``python -m tests.support.issuer`` serves it for development."""

import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

HOST = "127.0.0.1"
DEVELOPMENT_PORT = 9000
DAY = 86_400

type PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
type Response = tuple[int, dict[str, str], bytes]


def public_jwk(key: PrivateKey, **members: str) -> dict[str, Any]:
    """Return what a provider publishes of a key."""
    if isinstance(key, rsa.RSAPrivateKey):
        return RSAAlgorithm.to_jwk(key.public_key(), as_dict=True) | members
    return ECAlgorithm.to_jwk(key.public_key(), as_dict=True) | members


class Issuer:
    """Publishes its keys, and signs any token with them; ``responses`` replace what it serves at a path."""

    def __init__(self, port: int = 0) -> None:
        self._server = ThreadingHTTPServer((HOST, port), self._handler())
        self.url = f"http://{HOST}:{self._server.server_port}"
        self.keys: dict[str, PrivateKey] = {"first": ec.generate_private_key(ec.SECP256R1())}
        self.responses: dict[str, Response] = {}
        self.requests: list[str] = []
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def token(self, audience: str, *, key_id: str = "first", algorithm: str | None = None, **claims: Any) -> str:
        """Return a valid token, but for the given claims; None leaves a claim out."""
        now = int(time.time())
        valid = {"iss": self.url, "aud": audience, "sub": "tester", "iat": now, "exp": now + DAY, **claims}
        key = self.keys[key_id]
        algorithm = algorithm or ("RS256" if isinstance(key, rsa.RSAPrivateKey) else "ES256")
        present = {name: value for name, value in valid.items() if value is not None}
        return jwt.encode(present, key, algorithm, headers={"kid": key_id})

    def documents(self) -> Mapping[str, Any]:
        keys = [public_jwk(key, kid=key_id, use="sig") for key_id, key in self.keys.items()]
        return {
            "/.well-known/openid-configuration": {"issuer": self.url, "jwks_uri": f"{self.url}/keys"},
            "/keys": {"keys": keys},
        }

    def respond(self, path: str) -> Response:
        document = self.documents().get(path)
        if path in self.responses or document is None:
            return self.responses.get(path, (404, {}, b""))
        return 200, {"Content-Type": "application/json"}, json.dumps(document).encode()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.requests.append(self.path)
                status, headers, body = issuer.respond(self.path)
                self.send_response(status)
                for name, value in (headers | {"Content-Length": str(len(body))}).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Write nothing."""

        return Handler


@contextmanager
def issuing() -> Iterator[Issuer]:
    issuer = Issuer()
    try:
        yield issuer
    finally:
        issuer.close()


def main(audience: str, *scopes: str) -> None:
    issuer = Issuer(DEVELOPMENT_PORT)
    sys.stdout.write(f"{issuer.token(audience, scope=' '.join(scopes))}\n")
    sys.stdout.flush()
    try:
        while True:
            time.sleep(DAY)
    except KeyboardInterrupt:
        issuer.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
