"""Where the rendered service is made: its ASGI or its WSGI module."""

from importlib import import_module
from importlib.util import find_spec

IS_ASGI = find_spec("my_service.config.asgi") is not None
MODULE = import_module(f"my_service.config.{'asgi' if IS_ASGI else 'wsgi'}")
