"""The keys in a JSON Web Key Set (RFC 7517) that tokens may be signed with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jwt import PyJWK, PyJWTError

MIN_RSA_BITS = 2048

# The algorithm of a token is that of its key, whatever the token says.
MEMBERS_OF = {"RS256": ("kty", "n", "e"), "ES256": ("kty", "crv", "x", "y")}

UNUSABLE = (KeyError, PyJWTError)  # in a tuple, which every Python formats alike


@dataclass(frozen=True, slots=True)
class SigningKey:
    algorithm: str
    public_key: Any  # of the package cryptography


def signing_keys(key_set: Mapping[str, Any]) -> Mapping[str, SigningKey]:
    """Return the keys by their ids, without those for other purposes; raise ``ValueError`` if none is left."""
    entries = key_set.get("keys")
    found = {entry["kid"]: key for entry in _usable(entries) for key in _key(entry)}
    if not found:
        raise ValueError("The identity provider publishes no key for RS256 or ES256.")
    return found


def _usable(entries: object) -> Iterator[Mapping[str, Any]]:
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("kid"), str) and entry.get("use", "sig") == "sig":
            yield entry


def _key(entry: Mapping[str, Any]) -> Iterator[SigningKey]:
    algorithm = _algorithm(entry)
    if algorithm is None or entry.get("alg", algorithm) != algorithm:
        return
    try:
        key = PyJWK({name: entry[name] for name in MEMBERS_OF[algorithm]}, algorithm).key
    except UNUSABLE:
        return
    if algorithm == "ES256" or key.key_size >= MIN_RSA_BITS:
        yield SigningKey(algorithm, key)


def _algorithm(entry: Mapping[str, Any]) -> str | None:
    match entry:
        case {"kty": "RSA"}:
            return "RS256"
        case {"kty": "EC", "crv": "P-256"}:
            return "ES256"
        case _:
            return None
