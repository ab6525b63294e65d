"""REFI-QDA codebooks (.qdc): a tree of codes, and nothing about texts."""

import xml.etree.ElementTree as ET

from kafe import __version__
from kafe.exchange.formats.code_elements import code_elements, read_codes
from kafe.exchange.formats.drafts import flat_paths_as_tree
from kafe.exchange.formats.xml_tree import parse, render
from kafe.exchange.records import Incoming
from kafe.messages import message
from kafe.records import Codebook, KafeError

NAMESPACE = "urn:QDA-XML:codebook:1.0"
PROGRAM = f"kafe {__version__}"


def read_qdc(data: bytes, file: str) -> Incoming:
    """Return the codebook of a .qdc file, codes in the order of the file.

    What kafe wrote comes back as it was. From other programs: the description is the definition, ids
    are made of the names, and missing or odd colours, GUIDs and `isCodable` are mended.
    Raises KafeError when the file is no codebook or has no codes.
    """
    root = parse(data, file)
    codes = root if root.tag == "Codes" else root.find("Codes")
    if root.tag not in ("CodeBook", "Codes"):
        raise KafeError(
            message("exchange.qdc.not_codebook"),
            file=file,
            remedy=message("exchange.qdc.not_codebook_remedy"),
        )
    found = read_codes(codes)
    if not found.codes:
        raise KafeError(message("exchange.qdc.empty"), file=file, remedy=message("exchange.qdc.empty_remedy"))
    return flat_paths_as_tree(Incoming("qdc", found))


def qdc_bytes(codebook: Codebook) -> bytes:
    """Return a .qdc file; the same codebook gives the same bytes.

    Raises KafeError for a codebook without codes: the format has no place for it.
    """
    if not codebook.codes:
        raise no_codes()
    root = ET.Element("CodeBook", origin=PROGRAM)
    root.append(code_elements(codebook))
    return render(root, NAMESPACE)


def no_codes() -> KafeError:
    """Return the error for a codebook that the format has no place for."""
    return KafeError(message("exchange.qdc.nothing"), remedy=message("exchange.qdc.nothing_remedy"))
