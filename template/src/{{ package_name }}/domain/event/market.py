"""What has happened to markets."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketCreated:
    market_id: UUID
    slug: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketPublished:
    market_id: UUID
    slug: str
    at: datetime


type MarketEvent = MarketCreated | MarketPublished
