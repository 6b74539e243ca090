"""What the core offers, and what it needs."""
