"""The rendered service's own command, with less around the framework: an identity for each request, and its record."""

from importlib import import_module
from importlib.util import find_spec

from my_service.adapter.in_.http import outgoing
from my_service.adapter.in_.http.recording import recorded
from my_service.config.cli import main


def identified_asgi(app):
    async def call(scope, receive, send):
        headers = dict(scope["headers"])

        def header(name):
            value = headers.get(name)
            return value and value.decode("latin-1")

        async def finish(message):
            if message["type"] == "http.response.start":
                record.status = message["status"]
                ours = outgoing.own_headers(record.status, scope["path"])
                encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in ours]
                message = {**message, "headers": [*message["headers"], *encoded]}
            await send(message)

        with recorded(scope["method"], scope["raw_path"].decode("latin-1"), header) as record:
            await app(scope, receive, finish)

    return call


def identified_wsgi(app):
    def call(environ, start_response):
        def header(name):
            return environ.get(VARIABLES.get(name))

        def start(status, headers, exc_info=None):
            record.status = int(status[:3])
            ours = outgoing.own_headers(record.status, environ["PATH_INFO"])
            return start_response(status, [*headers, *ours], exc_info)

        with recorded(environ["REQUEST_METHOD"], environ["PATH_INFO"], header) as record:
            return app(environ, start)

    return call


VARIABLES = {b"x-request-id": "HTTP_X_REQUEST_ID", b"traceparent": "HTTP_TRACEPARENT"}

asgi = find_spec("my_service.config.asgi") is not None
gate = import_module(f"my_service.config.{'asgi' if asgi else 'wsgi'}")
gate.app._app = (identified_asgi if asgi else identified_wsgi)(gate.app._app._app)

main()
