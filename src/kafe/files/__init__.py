"""Bytes and files, for every package above: decode, write, tables, YAML with lines."""
