"""What the template costs: its size, its renders, and the proof of its variants."""
