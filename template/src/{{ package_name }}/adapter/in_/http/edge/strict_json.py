"""JSON, checked so strictly that every parser and every database reads it in the same way."""

import json
import math
import re

MAX_DEPTH = 64

# A surrogate pair (one character), escapes that no database stores (as a group), and all other escapes.
ESCAPE = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u(0000|[dD][89a-fA-F]..)|\\.")
STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"')
SQUARE = bytes.maketrans(b"{}", b"[]")
NO_BRACKETS = bytes(set(range(256)) - set(b"{}[]"))


class Malformed(ValueError):
    """The body is not acceptable JSON; the message says why and repeats nothing of the body."""


def check(body: bytes) -> None:
    """Raise ``Malformed`` if the body is not acceptable."""
    text = _decoded(body)
    try:
        _decoder.decode(text)
    except RecursionError:
        raise Malformed(_TOO_DEEP) from None
    except Malformed:
        raise
    except ValueError:  # int() raises it, too, for thousands of digits
        raise Malformed("The body is not valid JSON.") from None
    if "\\u" in text and any(escape[1] for escape in ESCAPE.finditer(text)):
        raise Malformed("A string in the body contains NUL or half a surrogate pair.")
    if body.count(b"[") + body.count(b"{") > MAX_DEPTH:
        _check_depth(body)


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise Malformed("The body is not valid UTF-8.") from None


def _check_depth(body: bytes) -> None:
    """Remove the innermost brackets, level by level: walking through the values takes five times as long."""
    brackets = STRING.sub(b"", body).translate(SQUARE, delete=NO_BRACKETS)
    for _ in range(MAX_DEPTH):
        brackets = brackets.replace(b"[]", b"")
    if brackets:
        raise Malformed(_TOO_DEEP)


def _object(members: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(members)
    if len(found) != len(members):
        raise Malformed("An object in the body has the same member twice.")
    return found


def _float(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise Malformed("A number in the body is out of range.")
    return number


def _constant(_: str) -> None:
    raise Malformed("NaN and Infinity are not JSON.")


_TOO_DEEP = f"The body is nested more than {MAX_DEPTH} levels deep."
_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_float=_float, parse_constant=_constant)
