"""The rendered service's own command, with the framework out of its edge: ``python without_edge.py serve``."""

from importlib import import_module
from importlib.util import find_spec

from my_service.config.cli import main

gate = import_module(f"my_service.config.{'asgi' if find_spec('my_service.config.asgi') else 'wsgi'}")
if gate.__name__.endswith("asgi"):
    gate.app._app = gate.app._app._app
else:
    gate.app = gate.app._app._app

main()
