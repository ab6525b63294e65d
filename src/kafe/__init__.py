"""kafe: from café-table notes to a de-identified, coded, traceable basis for decisions."""

__version__ = "0.1.0"
