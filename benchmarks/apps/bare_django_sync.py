"""Django and ninja, as few lines as they need: one query in each view."""

from uuid import UUID, uuid4

import bare_model
from django.core.handlers.wsgi import WSGIHandler
from django.urls import path
from ninja import NinjaAPI, Query, Schema
from ninja.errors import HttpError

COLUMNS = ("id", "name", "slug", "status", "fee_minor_units", "fee_currency")
api = NinjaAPI()


class NewMarket(Schema):
    name: str
    slug: str


class Market(NewMarket):
    id: UUID
    status: str
    fee_minor_units: int | None = None
    fee_currency: str | None = None


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
