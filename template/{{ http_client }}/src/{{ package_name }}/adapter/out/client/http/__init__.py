"""The room of HTTP calls: limits of time and size, retries, a circuit breaker."""
