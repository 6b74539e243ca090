"""What the core calls."""
