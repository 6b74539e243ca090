"""Users, in a Django app with migrations of its own: it can be added at any time."""
