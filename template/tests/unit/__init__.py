"""The rules and the use cases, without any framework."""
