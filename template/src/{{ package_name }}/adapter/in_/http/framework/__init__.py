"""Machinery: the glue to the web framework, from exception handlers to the OpenAPI document."""
