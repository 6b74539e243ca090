"""What is kept for a while, so that it need not be read again."""
