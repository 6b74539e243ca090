"""What the core needs: one port for each role."""
