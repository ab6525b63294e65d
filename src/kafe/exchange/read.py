"""Any file from elsewhere as one record: what it says of texts, codings, memos and codes."""

from collections.abc import Mapping
from dataclasses import replace

from kafe.codebook import load_codebook
from kafe.exchange.detect import ForeignFile
from kafe.exchange.files import refusal
from kafe.exchange.formats.code_tables import read_code_table
from kafe.exchange.formats.coding_tables import highlights_as_tidy, read_tidy, read_wide
from kafe.exchange.formats.databases import read_database
from kafe.exchange.formats.drafts import problem
from kafe.exchange.formats.qdc import read_qdc
from kafe.exchange.formats.qdpx_read import read_qdpx
from kafe.exchange.formats.spreadsheets import read_table
from kafe.exchange.records import Incoming, IncomingCodes
from kafe.records import Codebook, Note


def read_codebook(file: ForeignFile, *, within: str = "") -> Incoming:
    """Return the codes of a codebook in any format; `within` names one project of a Taguette database.

    Raises KafeError when it is none, or cannot be read.
    """
    name = file.path.name
    match file.kind:
        case "database":
            return read_database(file.path, within)
        case "qdc":
            return read_qdc(file.data, name)
        case "yaml":
            codes = load_codebook(file.path).codes
            return Incoming("yaml", IncomingCodes(codes, certain=frozenset(code.id for code in codes)))
        case "code_table":
            return read_code_table(file.data, name)
        case _:
            raise problem(name, "ending")


def read_file(file: ForeignFile, notes: Mapping[str, Note], codebook: Codebook) -> Incoming:
    """Return what a file of any format says; tables name notes and codes of the project by id.

    Raises KafeError when it is not to be imported, or cannot be read.
    """
    name = file.path.name
    match file.kind:
        case "qdpx":
            return read_qdpx(file.data, name)
        case "tidy":
            return read_tidy(read_table(file.data, name), notes, codebook)
        case "wide":
            return read_wide(read_table(file.data, name), notes, codebook)
        case "highlights":
            rows = highlights_as_tidy(read_table(file.data, name))
            return replace(read_tidy(rows, notes, codebook), kind="highlights")
        case "store" | "project_xml" | "unknown":
            raise refusal(file.kind, name)
        case _:
            return read_codebook(file)
