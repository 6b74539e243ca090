"""What has happened, as values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact about the past, named in the past tense."""

    at: datetime
