"""Headers that every HTTP client of the tests sends, for example credentials."""

from collections.abc import Mapping

DEFAULT_HEADERS: Mapping[str, str] = {}
