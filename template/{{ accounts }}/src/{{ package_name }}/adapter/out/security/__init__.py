"""Machinery: passwords, tokens, and how often somebody may guess."""
