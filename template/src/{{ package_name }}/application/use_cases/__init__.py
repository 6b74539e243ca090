"""One callable for each use case."""
