"""Machinery: tests of the sealed rooms; ``poe check-all`` and CI run them."""
