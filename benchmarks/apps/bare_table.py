"""The table, for SQLAlchemy, and the bodies, for FastAPI."""

from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Column, Integer, MetaData, String, Table, Uuid, bindparam, select

market = Table(
    "market",
    MetaData(),
    Column("id", Uuid, primary_key=True),
    *(Column(name, String) for name in ("name", "slug", "status")),
    Column("version", Integer),
    Column("fee_minor_units", Integer),
    Column("fee_currency", String),
)
VIEW = select(*(column for column in market.c if column.name != "version"))
ONE = VIEW.where(market.c.slug == bindparam("slug"))
PAGE = VIEW.order_by(market.c.slug).limit(bindparam("limit")).offset(bindparam("offset"))


class NewMarket(BaseModel):
    name: str
    slug: str


class Market(NewMarket):
    id: UUID
    status: str
    fee_minor_units: int | None = None
    fee_currency: str | None = None
