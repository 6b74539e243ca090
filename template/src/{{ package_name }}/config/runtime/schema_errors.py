"""Errors that ``serve`` and ``migrate`` report in one sentence."""


class InvalidSchema(Exception):
    """The database or the migrations are not what this version of the service needs."""
