"""The rule for small groups: which counts and quotes may be shown."""
