"""What every adapter of a port promises, whatever it is made of."""
