"""Announcements: what everybody should know for some time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

TEXT_MAX_LENGTH = 200
SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    id: UUID
    text: str
    at: datetime


def oldest(now: datetime) -> datetime:
    """Return the time of the oldest announcement that is still shown."""
    return now - SHOWN_FOR
