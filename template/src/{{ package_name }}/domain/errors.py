"""The kinds of errors.

The name of an error class becomes the type and title of its problem; adapters translate the kinds into status codes.
"""


class DomainError(Exception):
    """An error that the core raises on purpose; its text is sent to the client."""


class NotFound(DomainError):
    """What the request names does not exist."""


class Conflict(DomainError):
    """The request is valid, but conflicts with the current state."""


class RuleViolation(DomainError):
    """The request breaks a rule, whatever the current state is."""


class Unavailable(DomainError):
    """Something that the core depends on is not available now; the same request may succeed later."""


class Unauthenticated(DomainError):
    """The client has not proved who it is."""


class Forbidden(DomainError):
    """The client is known, but lacks the rights for this request."""
