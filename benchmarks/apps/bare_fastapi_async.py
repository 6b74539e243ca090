"""FastAPI and SQLAlchemy, as few lines as they need: one query in each route."""

import os
from typing import Annotated
from uuid import uuid4

from bare_table import ONE, PAGE, Market, NewMarket, market
from fastapi import FastAPI, HTTPException, Query
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine(
    os.environ["DATABASE_URL"].replace("postgresql:", "postgresql+psycopg:"), pool_size=10, max_overflow=0
)
app = FastAPI()


@app.get("/markets")
async def list_markets(limit: Annotated[int, Query(ge=1, le=100)] = 20, offset: int = 0) -> list[Market]:
    async with engine.connect() as connection:
        rows = await connection.execute(PAGE, {"limit": limit, "offset": offset})
    return [Market(**row) for row in rows.mappings()]


@app.get("/markets/{slug}")
async def get_market(slug: str) -> Market:
    async with engine.connect() as connection:
        row = (await connection.execute(ONE, {"slug": slug})).mappings().one_or_none()
    if row is None:
        raise HTTPException(404)
    return Market(**row)


@app.post("/markets", status_code=201)
async def create_market(new: NewMarket) -> Market:
    created = Market(id=uuid4(), status="DRAFT", **new.model_dump())
    async with engine.begin() as connection:
        await connection.execute(market.insert(), {**created.model_dump(), "version": 1})
    return created
