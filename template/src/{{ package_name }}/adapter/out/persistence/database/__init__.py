"""Machinery: connections, transactions and the translation of database errors."""
