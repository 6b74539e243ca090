"""What the business talks about."""
