"""The floor: an ASGI application on bare asyncpg, and nothing in between."""

import json
import os
from uuid import uuid4

import asyncpg

VIEW = "SELECT id, name, slug, status, fee_minor_units, fee_currency FROM market"
ONE = f"{VIEW} WHERE slug = $1"
PAGE = f"{VIEW} ORDER BY slug LIMIT 20"
NEW = "INSERT INTO market (id, name, slug, status, version) VALUES ($1, $2, $3, 'DRAFT', 1)"


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        app.pool = await asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=10, max_size=10)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await app.pool.close()
        await send({"type": "lifespan.shutdown.complete"})
        return
    status, body = await (create(receive) if scope["method"] == "POST" else look(scope["path"]))
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def look(path):
    if path == "/markets":
        rows = await app.pool.fetch(PAGE)
        return 200, json.dumps({"items": [dict(row) for row in rows]}, default=str).encode()
    row = await app.pool.fetchrow(ONE, path.rpartition("/")[2])
    return (200, json.dumps(dict(row), default=str).encode()) if row else (404, b"{}")


async def create(receive):
    market = json.loads((await receive())["body"])
    await app.pool.execute(NEW, uuid4(), market["name"], market["slug"])
    return 201, json.dumps(market).encode()
