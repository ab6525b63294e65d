"""Exchange with other programs: REFI-QDA codebooks and projects, and tables of codings."""
