"""Machinery: the tokens of an identity provider, and the keys that prove them."""
