"""Events on their way in: each handler turns an event into a call of a use case."""
