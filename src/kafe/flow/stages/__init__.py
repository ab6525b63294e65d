"""What each stage does: it calls the packages and returns plain tables."""
