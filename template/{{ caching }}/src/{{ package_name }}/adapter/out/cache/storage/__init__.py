"""Machinery: where the values of the cache are, and how callers share a load."""
