"""Unit tests on fakes, contract tests on fakes and real adapters alike, integration tests on the running service."""
