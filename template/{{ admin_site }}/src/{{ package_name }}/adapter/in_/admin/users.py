"""Users of the admin, and their rights."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin


@admin.register(get_user_model())
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]  # not generic at runtime
    list_display = ("email", "is_staff", "is_active", "last_login")
    search_fields = ("email",)
    ordering = ("email",)
    readonly_fields = ("last_login",)
    fieldsets = (
        (None, {"fields": ("email", "password", "last_login")}),
        ("Permissions", {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "usable_password", "password1", "password2")}),)
