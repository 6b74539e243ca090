"""The bodies, for ninja, which reads Django's settings when it is imported: after ``bare_model``."""

from uuid import UUID

from ninja import Schema


class NewMarket(Schema):
    name: str
    slug: str


class Market(NewMarket):
    id: UUID
    status: str
    fee_minor_units: int | None = None
    fee_currency: str | None = None


COLUMNS = tuple(Market.model_fields)
