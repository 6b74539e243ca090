"""The table of stored events, as a Django app of its own."""
