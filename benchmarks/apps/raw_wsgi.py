"""The floor without a loop: a WSGI application on bare psycopg, each thread with its own connection."""

import json
import os
from threading import local
from uuid import uuid4

import psycopg
from psycopg.rows import dict_row

VIEW = "SELECT id, name, slug, status, fee_minor_units, fee_currency FROM market"
ONE = f"{VIEW} WHERE slug = %s"
PAGE = f"{VIEW} ORDER BY slug LIMIT 20"
NEW = "INSERT INTO market (id, name, slug, status, version) VALUES (%s, %s, %s, 'DRAFT', 1)"

kept = local()


def app(environ, start_response):
    path = environ["PATH_INFO"]
    status, content = create(environ) if environ["REQUEST_METHOD"] == "POST" else look(path)
    body = json.dumps(content, default=str).encode()
    start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def look(path):
    if path == "/markets":
        return "200 OK", {"items": execute(PAGE).fetchall()}
    row = execute(ONE, path.rpartition("/")[2]).fetchone()
    return ("200 OK", row) if row else ("404 Not Found", {})


def create(environ):
    market = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    execute(NEW, uuid4(), market["name"], market["slug"])
    return "201 Created", market


def execute(statement, *parameters):
    if not hasattr(kept, "connection"):
        kept.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, row_factory=dict_row)
    return kept.connection.execute(statement, parameters)
