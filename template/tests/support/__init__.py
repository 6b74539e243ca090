"""Helpers for tests: clients, assertions on problems, databases and the running service."""
