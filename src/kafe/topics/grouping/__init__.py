"""Points to groups: how many, which, and how stable."""
