"""What kind of file this is, by what is in it; the name only where nothing else tells."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kafe.exchange.files import Archive, read_bytes
from kafe.exchange.formats.coding_tables import CODE, FINISHED, HIGHLIGHTS, NOTE
from kafe.exchange.formats.sheets import header_of
from kafe.exchange.formats.xml_tree import parse
from kafe.records import Codebook

Kind = Literal["qdpx", "qdc", "tidy", "wide", "highlights", "codebook", "store", "project_xml", "unknown"]
_NAMES = frozenset({"tag", "name", "path", "kode", "navn", "code", "kodenavn", "id"})


@dataclass(frozen=True)
class Recognised:
    """A file's kind and bytes."""

    kind: Kind
    data: bytes


def recognise(path: Path, codebook: Codebook) -> Recognised:
    """Return what kind of file this is; a folder may be a project of QualCoder.

    Raises KafeError when it cannot be read at all.
    """
    if path.is_dir():
        return Recognised("codebook", path.name.encode("utf-8"))
    data = read_bytes(path)
    return Recognised(_kind(path, data, codebook), data)


def _kind(path: Path, data: bytes, codebook: Codebook) -> Kind:
    if data.startswith(b"SQLite format 3\0"):
        return "store" if b"kafe_schema" in data else "codebook"
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
    return _table(set(header_of(path, data)), codebook)


def _table(header: set[str], codebook: Codebook) -> Kind:
    if header >= set(HIGHLIGHTS):
        return "highlights"
    if header >= {NOTE, CODE}:
        return "tidy"
    if NOTE in header and (FINISHED in header or any(code.id in header for code in codebook.codes)):
        return "wide"
    return "codebook" if header & _NAMES else "unknown"


def _is_xml(data: bytes) -> bool:
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:64]
    return start.startswith(b"<") or start.startswith((b"\xff\xfe<", b"\xfe\xff\0<"))
