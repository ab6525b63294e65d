"""Pieces of a report that are not charts: tables, quotes, call-outs, key figures, as safe HTML."""
