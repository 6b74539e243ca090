"""Paths below ``/markets`` that are routes, and so cannot be the path of a market."""

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

EXPORT = "export"


def check_is_free(slug: str) -> str:
    if slug == EXPORT:
        raise PydanticCustomError("reserved_slug", "This slug is the path of the export")
    return slug


IS_FREE = AfterValidator(check_is_free)
