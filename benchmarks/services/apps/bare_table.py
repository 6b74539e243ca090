"""The table, for SQLAlchemy."""

from sqlalchemy import Column, Integer, MetaData, String, Table, Uuid, bindparam, select

market = Table(
    "market",
    MetaData(),
    Column("id", Uuid, primary_key=True),
    *(Column(name, String) for name in ("name", "slug", "status")),
    Column("version", Integer),
)
VIEW = select(market.c.id, market.c.name, market.c.slug, market.c.status)
ONE = VIEW.where(market.c.slug == bindparam("slug"))
PAGE = VIEW.order_by(market.c.slug).limit(bindparam("limit")).offset(bindparam("offset"))
