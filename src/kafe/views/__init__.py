"""What notebooks show: results in, tables and blocks out."""
