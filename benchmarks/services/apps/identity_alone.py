"""The rendered service's own command, with less around the framework: an identity for each request, and its record."""

from entry_point import IS_ASGI, MODULE
from my_service.adapter.in_.http.edge import exchange, response_headers
from my_service.adapter.in_.http.edge.recording import recorded
from my_service.config.runtime.command_line import main


def identified_asgi(app):
    async def call(scope, receive, send):
        headers = dict(scope["headers"])

        def header(name):
            value = headers.get(name)
            return value and value.decode("latin-1")

        async def finish(message):
            if message["type"] == "http.response.start":
                record.status = message["status"]
                ours = response_headers.own_headers(record.status, scope["path"])
                message = {**message, "headers": [*message["headers"], *exchange.encoded(ours)]}
            await send(message)

        with recorded(scope["method"], scope["raw_path"].decode("latin-1"), header) as record:
            await app(scope, receive, finish)

    return call


def identified_wsgi(app):
    def call(environ, start_response):
        def header(name):
            return environ.get(exchange.variable(name))

        def start(status, headers, exc_info=None):
            record.status = int(status[:3])
            ours = response_headers.own_headers(record.status, environ["PATH_INFO"])
            return start_response(status, [*headers, *ours], exc_info)

        with recorded(environ["REQUEST_METHOD"], environ["PATH_INFO"], header) as record:
            return app(environ, start)

    return call


MODULE.app._app = (identified_asgi if IS_ASGI else identified_wsgi)(MODULE.app._app._app)

main()
