"""Stored events: the rows that hold them until they are handled, whatever library reads and writes them."""
