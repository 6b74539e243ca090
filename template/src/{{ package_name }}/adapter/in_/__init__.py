"""What calls the core."""
