"""Machinery: one middleware in front of the framework, and what it checks on every request and response."""
