"""How fast rendered services are, beside the floor and beside the bare framework."""
