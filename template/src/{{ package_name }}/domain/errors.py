"""What can go wrong, by meaning.

The name of an error class is what its problem is called; adapters translate the kinds, the core knows no status code.
"""


class DomainError(Exception):
    """Anything that the core refuses on purpose; its text is meant for the caller."""


class NotFound(DomainError):
    """What the caller named does not exist."""


class Conflict(DomainError):
    """The request makes sense, but not in the present state."""


class RuleViolation(DomainError):
    """The request breaks a rule whatever the state."""


class Unavailable(DomainError):
    """Something that the core depends on cannot answer now; the same request may succeed later."""
