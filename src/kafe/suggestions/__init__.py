"""Codes that rules and a model suggest; a person must accept them."""
