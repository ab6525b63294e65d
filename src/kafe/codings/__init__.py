"""People's codings: files and store kept alike, and tables of what was coded."""
