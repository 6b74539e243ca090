"""The contracts: one suite for each port, for all of its adapters; and the HTTP contract."""
