"""The one place that knows everything: settings, wiring, entry points."""
