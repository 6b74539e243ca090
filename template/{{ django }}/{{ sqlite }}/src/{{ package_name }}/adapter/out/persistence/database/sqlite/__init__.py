"""A backend of Django: its SQLite, which also names violated foreign keys."""
