"""Every variant, rendered and checked."""
