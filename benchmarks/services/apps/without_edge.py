"""The rendered service's own command, with the framework out of its edge: ``python without_edge.py serve``."""

from entry_point import IS_ASGI, MODULE
from my_service.config.runtime.command_line import main

if IS_ASGI:
    MODULE.app._app = MODULE.app._app._app
else:
    MODULE.app = MODULE.app._app._app

main()
