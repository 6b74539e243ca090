"""The rendered service's own command, with one more view: the same query, and no layer between it and the answer."""

from django.http import HttpResponse
from my_service.adapter.in_.http.market_schemas import MarketBody
from my_service.config.asgi import service
from my_service.config.runtime.command_line import main

using = service.container.storage._using

from my_service.adapter.in_.http.framework.api import api  # noqa: E402 - Django has to be set up first
from my_service.adapter.out.persistence.database.calls import database_call  # noqa: E402
from my_service.adapter.out.persistence.models import MarketRow  # noqa: E402

columns = MarketRow.objects.using(using).values_list("id", "name", "slug", "status")


@database_call
def find(slug):
    return columns.get(slug=slug)


@api.get("/straight/{slug}", response=MarketBody)
async def straight(request, slug: str):
    market_id, name, slug, status = await find(slug)
    body = MarketBody(id=market_id, name=name, slug=slug, status=status)
    return HttpResponse(body.model_dump_json(), "application/json")


main()
