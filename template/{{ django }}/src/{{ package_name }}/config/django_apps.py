"""Django apps and middleware that this service has beside its own."""

INSTALLED_APPS: tuple[str, ...] = ()
MIDDLEWARE: tuple[str, ...] = ()
