"""Users, who log in with their e-mail address."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models


class LowerCaseEmailField(models.EmailField):  # type: ignore[type-arg]  # not generic at runtime
    """Stores and finds addresses in lower case: those that differ only in case are one address."""

    def to_python(self, value: Any) -> Any:
        return _lower(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        return _lower(super().get_prep_value(value))


def _lower(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Any:
        """Without a password the user cannot log in."""
        user = self.model(email=_lower(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Any:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = LowerCaseEmailField()
    is_active = models.BooleanField(default=True, db_default=True)
    is_staff = models.BooleanField("may use the admin", default=False, db_default=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        db_table = "account"
        constraints = (models.UniqueConstraint(fields=["email"], name="uq_account_email"),)
