"""The core and the framework-free parts of its adapters."""
