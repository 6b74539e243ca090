"""Adapters in memory that keep the promises of the real ones; the contract tests hold them to it."""
