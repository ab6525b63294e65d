"""Bytes and files, for every package above: decode, write whole files, read tables and YAML, open archives."""

from typing import TYPE_CHECKING

from kafe.files.decode import WrongEncodingError, decode, decode_exactly, read_text
from kafe.files.write import atomic_write, replace_file, write_bytes, write_text

if TYPE_CHECKING:
    from kafe.files import archives, tables, yaml, yaml_models

__all__ = [
    "WrongEncodingError",
    "archives",
    "atomic_write",
    "decode",
    "decode_exactly",
    "read_text",
    "replace_file",
    "tables",
    "write_bytes",
    "write_text",
    "yaml",
    "yaml_models",
]
