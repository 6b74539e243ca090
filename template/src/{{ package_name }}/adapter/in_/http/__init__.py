"""HTTP in front of the core."""
