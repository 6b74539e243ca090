"""Handles stored events: in the command ``work``, and in development in the server as well."""
