"""Where the core meets technology."""
