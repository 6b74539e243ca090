"""Machinery: model admins that call use cases, and the limit of failed logins."""
