"""What the service does, on ports only."""
