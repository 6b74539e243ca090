"""The rendered service's own command, with less around the framework: an id for each request, and its access log."""

from entry_point import IS_ASGI, MODULE
from my_service.adapter.in_.http.edge import response_headers
from my_service.adapter.in_.http.edge.access_log import AccessLog
from my_service.config.runtime.command_line import main


def identified_asgi(app):
    from my_service.adapter.in_.http.edge.response import encoded

    async def call(scope, receive, send):
        headers = dict(scope["headers"])

        def header(name):
            value = headers.get(name)
            return value and value.decode("latin-1")

        async def finish(message):
            if message["type"] == "http.response.start":
                log.context.status = message["status"]
                ours = response_headers.own_headers(message["status"], scope["path"])
                message = {**message, "headers": [*message["headers"], *encoded(ours)]}
            await send(message)

        with AccessLog(scope["method"], scope["raw_path"].decode("latin-1"), header) as log:
            await app(scope, receive, finish)

    return call


def identified_wsgi(app):
    from my_service.adapter.in_.http.edge.request import variable

    def call(environ, start_response):
        def header(name):
            return environ.get(variable(name))

        def start(status, headers, exc_info=None):
            log.context.status = int(status[:3])
            ours = response_headers.own_headers(log.context.status, environ["PATH_INFO"])
            return start_response(status, [*headers, *ours], exc_info)

        with AccessLog(environ["REQUEST_METHOD"], environ["PATH_INFO"], header) as log:
            return app(environ, start)

    return call


MODULE.app._app = (identified_asgi if IS_ASGI else identified_wsgi)(MODULE.app._app._app)

main()
