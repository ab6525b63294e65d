"""What the commands do: one use case a module."""
