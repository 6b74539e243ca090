"""What the core offers: one port for each use case."""
