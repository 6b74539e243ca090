"""Other services, called over HTTP."""
