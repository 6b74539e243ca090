"""Operations that validate more than those of the service: every framework reports the same errors."""

from collections.abc import Callable
from typing import Annotated, Any, Self

import pytest
from pydantic import AfterValidator, BaseModel, model_validator

from tests.support.operations import IN_QUERY, problem_of
from tests.support.problems import INTERNALS

OBJECT = "Input should be an object"
REQUIRED = "Field required"
INTEGER = "Input should be a valid integer, unable to parse string as an integer"


def reject(value: Any) -> Any:
    raise ValueError(value)


class Cat(BaseModel):
    age: int


class Dog(BaseModel):
    tricks: list[Annotated[int, AfterValidator(reject)]]


class Page(BaseModel):
    limit: int | Annotated[str, AfterValidator(reject)] = 20
    tags: list[int] = []
    more: Annotated[int, AfterValidator(reject)] = 0


class Invalid(BaseModel):
    at_all: bool = False

    @model_validator(mode="after")
    def reject(self) -> Self:
        raise ValueError(self)


def one(animal: Cat) -> None: ...


def two(first: Cat, second: Cat) -> None: ...


def many(animals: list[Cat]) -> None: ...


def either(animal: Cat | Dog) -> None: ...


def listing(page: Annotated[Page, IN_QUERY]) -> None: ...


def nothing(invalid: Annotated[Invalid, IN_QUERY]) -> None: ...


def both(page: Annotated[Page, IN_QUERY], animal: Cat) -> None: ...


CASES: list[tuple[Callable[..., None], str, object, list[tuple[str, str]]]] = [
    (one, "", None, [("", REQUIRED)]),
    (one, "", [1], [("", OBJECT)]),
    (one, "", "5entinel", [("", OBJECT)]),
    (one, "", {"age": "5entinel"}, [("/age", INTEGER)]),
    (two, "", None, [("/first", REQUIRED), ("/second", REQUIRED)]),
    (two, "", {}, [("/first", REQUIRED), ("/second", REQUIRED)]),
    (two, "", [1], [("", OBJECT)]),
    (two, "", {"first": {"age": "5entinel"}}, [("/first/age", INTEGER), ("/second", REQUIRED)]),
    (two, "", {"first": {"age": 9}, "second": 5}, [("/second", OBJECT)]),
    (many, "", {}, [("", "Input should be a valid list")]),
    (many, "", [{"age": 9}, {}, 5], [("/1/age", REQUIRED), ("/2", OBJECT)]),
    (either, "", [1], [("", OBJECT)]),
    (either, "", {"age": "5entinel"}, [("/age", INTEGER), ("/tricks", REQUIRED)]),
    (either, "", {"tricks": [5]}, [("/age", REQUIRED), ("/tricks/0", "Input is not valid")]),
    (listing, "limit=5entinel", None, [("/limit", INTEGER), ("/limit", "Input is not valid")]),
    (listing, "tags=5&tags=5entinel", None, [("/tags/1", INTEGER)]),
    (nothing, "", None, [("", "Input is not valid")]),
    (both, "more=5", {}, [("/more", "Input is not valid"), ("/age", REQUIRED)]),
]


@pytest.mark.parametrize(("operation", "query", "body", "errors"), CASES)
def test_every_error_has_a_place_in_the_request(
    operation: Callable[..., None], query: str, body: object, errors: list[tuple[str, str]]
) -> None:
    problem = problem_of(operation, query, body)

    assert [(error["pointer"], error["detail"]) for error in problem["errors"]] == errors
    assert not INTERNALS.search(str(problem))
