"""Prepares a release of the template: ``uv run python -m releasing 1.1.0``; docs/releasing.md has the procedure."""
