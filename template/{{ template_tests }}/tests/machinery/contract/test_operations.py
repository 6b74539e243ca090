"""Operations with more to validate than the service's: whatever the framework, the same is said of their requests."""

from collections.abc import Callable
from typing import Annotated, Any, Self

import pytest
from pydantic import AfterValidator, BaseModel, model_validator

from tests.support.operations import IN_QUERY, problem_of
from tests.support.problems import INTERNALS

OBJECT = "Input should be an object"
REQUIRED = "Field required"
INTEGER = "Input should be a valid integer, unable to parse string as an integer"


def rejected(value: Any) -> Any:
    raise ValueError(value)


class Cat(BaseModel):
    lives: int


class Dog(BaseModel):
    tricks: list[Annotated[int, AfterValidator(rejected)]]


class Page(BaseModel):
    limit: int | Annotated[str, AfterValidator(rejected)] = 20
    tags: list[int] = []
    more: Annotated[int, AfterValidator(rejected)] = 0


class Never(BaseModel):
    at_all: bool = False

    @model_validator(mode="after")
    def reject(self) -> Self:
        raise ValueError(self)


def one(animal: Cat) -> None: ...


def two(first: Cat, second: Cat) -> None: ...


def many(animals: list[Cat]) -> None: ...


def either(animal: Cat | Dog) -> None: ...


def listing(page: Annotated[Page, IN_QUERY]) -> None: ...


def nothing(never: Annotated[Never, IN_QUERY]) -> None: ...


def both(page: Annotated[Page, IN_QUERY], animal: Cat) -> None: ...


CASES: list[tuple[Callable[..., None], str, object, list[tuple[str, str]]]] = [
    (one, "", None, [("", REQUIRED)]),
    (one, "", [1], [("", OBJECT)]),
    (one, "", "5entinel", [("", OBJECT)]),
    (one, "", {"lives": "5entinel"}, [("/lives", INTEGER)]),
    (two, "", None, [("/first", REQUIRED), ("/second", REQUIRED)]),
    (two, "", {}, [("/first", REQUIRED), ("/second", REQUIRED)]),
    (two, "", [1], [("", OBJECT)]),
    (two, "", {"first": {"lives": "5entinel"}}, [("/first/lives", INTEGER), ("/second", REQUIRED)]),
    (two, "", {"first": {"lives": 9}, "second": 5}, [("/second", OBJECT)]),
    (many, "", {}, [("", "Input should be a valid list")]),
    (many, "", [{"lives": 9}, {}, 5], [("/1/lives", REQUIRED), ("/2", OBJECT)]),
    (either, "", [1], [("", OBJECT)]),
    (either, "", {"lives": "5entinel"}, [("/lives", INTEGER), ("/tricks", REQUIRED)]),
    (either, "", {"tricks": [5]}, [("/lives", REQUIRED), ("/tricks/0", "Input is not valid")]),
    (listing, "limit=5entinel", None, [("/limit", INTEGER), ("/limit", "Input is not valid")]),
    (listing, "tags=5&tags=5entinel", None, [("/tags/1", INTEGER)]),
    (nothing, "", None, [("", "Input is not valid")]),
    (both, "more=5", {}, [("/more", "Input is not valid"), ("/lives", REQUIRED)]),
]


@pytest.mark.parametrize(("operation", "query", "body", "errors"), CASES)
def test_what_is_wrong_has_a_place_in_the_request(
    operation: Callable[..., None], query: str, body: object, errors: list[tuple[str, str]]
) -> None:
    problem = problem_of(operation, query, body)

    assert [(error["pointer"], error["detail"]) for error in problem["errors"]] == errors
    assert not INTERNALS.search(str(problem))
