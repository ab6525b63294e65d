"""What kind of file this is, by what is in it; the name only where nothing else tells."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kafe.exchange.files import read_bytes
from kafe.exchange.formats.archive import Archive
from kafe.exchange.formats.code_tables import has_codes
from kafe.exchange.formats.coding_tables import CODE, FINISHED, HIGHLIGHTS, NOTE
from kafe.exchange.formats.spreadsheets import header_of
from kafe.exchange.formats.xml_tree import parse

Kind = Literal[
    "qdpx",
    "qdc",
    "tidy",
    "wide",
    "highlights",
    "code_table",
    "yaml",
    "database",
    "store",
    "project_xml",
    "unknown",
]
TABLES = (".csv", ".tsv", ".txt", ".xlsx")
YAML = (".yaml", ".yml")


@dataclass(frozen=True)
class ForeignFile:
    """A file from elsewhere: where it lies, what kind it is, and its bytes (of a folder, its name)."""

    path: Path
    kind: Kind
    data: bytes


def detect(path: Path, code_ids: Collection[str] = (), *, as_codebook: bool = False) -> ForeignFile:
    """Return a file with its kind; a folder may be a project of QualCoder.

    `code_ids` are the codes of the project: a wide table names them in its columns. `as_codebook` reads
    every table and text as codes. Raises KafeError when it cannot be read at all.
    """
    if path.is_dir():
        return ForeignFile(path, "database", path.name.encode("utf-8"))
    data = read_bytes(path)
    return ForeignFile(path, _kind(path, data, code_ids, as_codebook), data)


def _kind(path: Path, data: bytes, code_ids: Collection[str], as_codebook: bool) -> Kind:
    if data.startswith(b"SQLite format 3\0"):
        return "store" if b"kafe_schema" in data else "database"
    if data.startswith(b"PK"):
        names = Archive(data, path.name).names()
        if any(name.lower().endswith(".qde") for name in names):
            return "qdpx"
        if "xl/workbook.xml" not in names:
            return "unknown"
    elif _is_xml(data):
        root = parse(data, path.name).tag
        return "qdc" if root in ("CodeBook", "Codes") else "project_xml" if root == "Project" else "unknown"
    elif b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "unknown"
    if path.suffix.lower() in YAML:
        return "yaml"
    if as_codebook:
        return "code_table" if path.suffix.lower() in TABLES else "unknown"
    return _table(path, data, code_ids)


def _table(path: Path, data: bytes, code_ids: Collection[str]) -> Kind:
    header = set(header_of(data, path.name))
    if header >= set(HIGHLIGHTS):
        return "highlights"
    if header >= {NOTE, CODE}:
        return "tidy"
    if NOTE in header and (FINISHED in header or not header.isdisjoint(code_ids)):
        return "wide"
    return "code_table" if has_codes(data, path.name) else "unknown"


def _is_xml(data: bytes) -> bool:
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:64]
    return start.startswith(b"<") or start.startswith((b"\xff\xfe<", b"\xfe\xff\0<"))
