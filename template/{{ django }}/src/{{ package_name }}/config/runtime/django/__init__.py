"""Django, set up from the service's settings."""
