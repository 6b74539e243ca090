"""Machinery: the command line, the server, logs and migrations."""
