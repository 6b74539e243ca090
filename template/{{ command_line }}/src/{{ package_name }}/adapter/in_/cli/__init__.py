"""The command line: commands that call use cases."""
