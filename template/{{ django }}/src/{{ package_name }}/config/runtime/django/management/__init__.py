"""Django's commands, where this service changes them."""
