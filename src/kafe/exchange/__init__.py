"""In and out: REFI-QDA, tables, QualCoder, Taguette."""
