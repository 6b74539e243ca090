"""JSON, as strict as any later reader could wish: what passes here is read alike by every parser and every database."""

import json
import math
import re
from collections.abc import Sequence
from itertools import chain

MAX_DEPTH = 64
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


class Malformed(ValueError):
    """The text is no acceptable JSON; the message says why and repeats nothing of it."""


def check(body: bytes) -> None:
    """Return when ``body`` is acceptable, or raise ``Malformed``."""
    text = _decoded(body)
    try:
        value = _decoder.decode(text)
    except RecursionError:
        raise Malformed(_TOO_DEEP) from None
    except Malformed:
        raise
    except ValueError:  # also what int() says to thousands of digits
        raise Malformed("The body is not valid JSON.") from None
    if "\\u" in text or text.count("[") + text.count("{") > MAX_DEPTH:
        _check_inside(value)


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise Malformed("The body is not valid UTF-8.") from None


def _check_inside(value: object) -> None:
    """Look for what the parser lets pass, level by level: a recursion would go as deep as the sender likes."""
    level: list[Sequence[object]] = [[value]]
    for _ in range(MAX_DEPTH + 1):
        items = list(chain.from_iterable(level))
        if any(isinstance(item, str) and UNSTORABLE.search(item) for item in items):
            raise Malformed("A text in the body holds a NUL or half a surrogate pair.")
        level = [_content(item) for item in items if isinstance(item, dict | list)]
        if not level:
            return
    raise Malformed(_TOO_DEEP)


def _content(container: dict[object, object] | list[object]) -> Sequence[object]:
    return [*container, *container.values()] if isinstance(container, dict) else container


def _object(members: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(members)
    if len(found) != len(members):
        raise Malformed("An object in the body names a member twice.")
    return found


def _float(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise Malformed("A number in the body is out of range.")
    return number


def _constant(_: str) -> None:
    raise Malformed("NaN and Infinity are no JSON.")


_TOO_DEEP = f"The body is nested more than {MAX_DEPTH} levels deep."
_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_float=_float, parse_constant=_constant)
