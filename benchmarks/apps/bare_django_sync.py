"""Django and ninja, as few lines as they need: one query in each view."""

from uuid import uuid4

import bare_model
from bare_schemas import COLUMNS, Market, NewMarket
from django.core.handlers.wsgi import WSGIHandler
from django.urls import path
from ninja import NinjaAPI, Query
from ninja.errors import HttpError

api = NinjaAPI()


@api.get("/markets", response=list[Market])
def list_markets(request, limit: int = Query(20, ge=1, le=100), offset: int = 0):
    rows = bare_model.Market.objects.values(*COLUMNS).order_by("slug")[offset : offset + limit]
    return list(rows)


@api.get("/markets/{slug}", response=Market)
def get_market(request, slug: str):
    try:
        return bare_model.Market.objects.values(*COLUMNS).get(slug=slug)
    except bare_model.Market.DoesNotExist:
        raise HttpError(404, "Not Found") from None


@api.post("/markets", response={201: Market})
def create_market(request, new: NewMarket):
    created = {"id": uuid4(), "status": "DRAFT", **new.dict()}
    bare_model.Market.objects.create(**created, version=1)
    return 201, created


urlpatterns = [path("", api.urls)]
app = WSGIHandler()
