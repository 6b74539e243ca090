"""What every group of settings is made from: the environment, and values that only development has."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class EnvironmentSettings(BaseSettings):
    """A field is set by the variable of its name in capitals."""

    DEVELOPMENT: ClassVar[Mapping[str, Any]] = {}
    """Defaults that production does not have."""

    model_config = SettingsConfigDict(
        frozen=True,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
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

    @field_validator("*")
    @classmethod
    def _is_no_secret_of_development(cls, value: object, info: ValidationInfo) -> object:
        is_known = isinstance(value, SecretStr) and value.get_secret_value() in cls._development().values()
        if is_known and info.data.get("environment") == "production":
            raise ValueError
        return value
