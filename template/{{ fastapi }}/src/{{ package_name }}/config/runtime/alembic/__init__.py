"""Alembic, as this service uses it."""
