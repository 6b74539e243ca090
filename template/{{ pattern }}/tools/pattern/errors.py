"""Why nothing was written."""


class Rejected(Exception):
    """The sentence says what to do; nothing has been written."""
