"""The business, in plain Python."""
