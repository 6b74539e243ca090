"""The migrations of the users."""
