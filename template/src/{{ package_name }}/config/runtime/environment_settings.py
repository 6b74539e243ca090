"""What every group of settings is made from: the environment, and values that only development has."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AliasChoices,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict


class EnvironmentSettings(BaseSettings):
    """A field is set by the variable of its name in capitals, or by that of its alias."""

    DEVELOPMENT: ClassVar[Mapping[str, Any]] = {}
    """Defaults that production does not have."""

    model_config = SettingsConfigDict(
        frozen=True,
        env_file=".env",
        env_file_encoding="utf-8-sig",  # Windows' editors begin a file with a mark
        env_ignore_empty=True,
        enable_decoding=False,  # _decode does it, for lists with commas as well
        extra="ignore",
        hide_input_in_errors=True,
        loc_by_alias=False,
        validate_by_name=True,  # DEVELOPMENT has the names of fields, whatever their aliases
    )

    environment: Annotated[Literal["development", "production"], Field(description="development or production")] = (
        "development"
    )

    @classmethod
    def _development(cls) -> dict[str, Any]:
        """Return the defaults of this class and of all groups that it is made of."""
        groups = (base for base in reversed(cls.__mro__) if issubclass(base, EnvironmentSettings))
        return {name: value for group in groups for name, value in group.DEVELOPMENT.items()}

    @model_validator(mode="before")
    @classmethod
    def _add_defaults_of_development(cls, given: Mapping[str, Any]) -> Mapping[str, Any]:
        return given if given.get("environment") == "production" else {**cls._development(), **given}

    @field_validator("*", mode="wrap")
    @classmethod
    def _decode(cls, value: object, validate: ValidatorFunctionWrapHandler) -> object:
        """Take a text as it is, else as JSON, else as a list with commas."""
        try:
            return validate(value)
        except ValidationError as error:
            if not isinstance(value, str):
                raise
            with suppress(ValueError):
                return validate(json.loads(value))
            return _validate_parts(value, validate, error)

    @field_validator("*")
    @classmethod
    def _is_no_secret_of_development(cls, value: object, info: ValidationInfo) -> object:
        is_known = isinstance(value, SecretStr) and value.get_secret_value() in cls._development().values()
        if is_known and info.data.get("environment") == "production":
            raise ValueError
        return value


def _validate_parts(text: str, validate: ValidatorFunctionWrapHandler, otherwise: ValidationError) -> object:
    try:
        return validate([part.strip() for part in text.split(",")])
    except ValidationError as error:
        is_about_a_part = any(detail["loc"] for detail in error.errors(include_input=False))
        raise (error if is_about_a_part else otherwise) from None


def variables_of(settings: type[EnvironmentSettings]) -> dict[str, str]:
    """Return the variable that sets each field."""
    return {name: _variable(name, field.validation_alias) for name, field in settings.model_fields.items()}


def required_in_production(settings: type[EnvironmentSettings]) -> set[str]:
    """Return the variables without which production does not start."""
    variables = variables_of(settings)
    return {"ENVIRONMENT"} | {variables[name] for name, field in settings.model_fields.items() if field.is_required()}


def _variable(name: str, alias: object) -> str:
    if isinstance(alias, AliasChoices):
        alias = alias.choices[0]
    return (alias if isinstance(alias, str) else name).upper()
