"""The codes of a codebook as XML elements and back; .qdc and .qdpx share them."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from kafe.codebook import DEFAULT_COLOUR, is_code_id
from kafe.exchange.formats.description import describe, read
from kafe.exchange.formats.xml_tree import inner
from kafe.exchange.guid import canonical, guid
from kafe.exchange.records import IncomingCodes
from kafe.files import yaml
from kafe.records import Code, Codebook
from kafe.strings import slug

FALSE = yaml.FALSE | {"0"}
_HEX = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,[^)]*)?\)", re.IGNORECASE)


def code_elements(codebook: Codebook, notes: dict[str, list[str]] | None = None) -> ET.Element:
    """Return a `Codes` element; `notes` gives GUIDs of notes by code id.

    A colour is written where it is the code's own: not what it has from its parent or by default.
    """
    root = ET.Element("Codes")
    made: dict[str, ET.Element] = {}
    for code in codebook.codes:
        element = ET.SubElement(made[code.parent] if code.parent else root, "Code")
        made[code.id] = element
        element.set("guid", guid("code", code.id))
        element.set("name", code.name)
        element.set("isCodable", "true" if code.codable else "false")
        if code.colour and code.colour != (codebook[code.parent].colour if code.parent else DEFAULT_COLOUR):
            element.set("color", code.colour)
        ET.SubElement(element, "Description").text = describe(code)
        for target in (notes or {}).get(code.id, ()):
            ET.SubElement(element, "NoteRef", targetGUID=target)
    return root


def read_codes(codes: ET.Element | None) -> IncomingCodes:
    """Return the codes under a `Codes` element.

    Ids are those kafe wrote, else made of the names. A code without a name is called by its GUID; one
    that does not say whether it may be used may; colours of any common form become #RRGGBB, and a code
    without one has its parent's.
    """
    found: dict[str, Code] = {}
    by_guid: dict[str, str] = {}
    notes: dict[str, tuple[str, ...]] = {}
    certain: set[str] = set()
    for element, parent in _walk(codes, "") if codes is not None else ():
        said = read(inner(element, "Description"))
        own = canonical(element.get("guid", ""))
        name = element.get("name", "") if said.id else " ".join(element.get("name", "").split())
        name = name or own or "?"
        above = found.get(by_guid.get(parent, ""))
        own_id = said.id if is_code_id(said.id) and said.id not in found else ""
        code_id = own_id or _free(slug(name, "kode"), found)
        inherited = above.colour if above else DEFAULT_COLOUR
        found[code_id] = Code(
            id=code_id,
            name=name,
            parent=above.id if above else "",
            definition=said.definition,
            include=said.include,
            exclude=said.exclude,
            examples=said.examples,
            counterexamples=said.counterexamples,
            patterns=said.patterns,
            owner=said.owner,
            status=said.status,
            colour=colour(element.get("color", "")) or inherited,
            codable=element.get("isCodable", "true").strip().lower() not in FALSE,
        )
        by_guid.setdefault(_key(element), code_id)
        certain.update([own_id] if own_id else [])
        notes[code_id] = tuple(canonical(ref.get("targetGUID", "")) for ref in element.findall("NoteRef"))
    return IncomingCodes(tuple(found.values()), by_guid, notes, frozenset(certain))


def colour(text: str) -> str:
    """Return #RRGGBB of `#RGB`, `#RRGGBB`, `#AARRGGBB`, `rgb(…)` or `rgba(…)`; empty for anything else.

    Eight digits have alpha first, as Windows programs write it, unless only the last two say opaque.
    """
    text = text.strip()
    if found := _RGB.fullmatch(text):
        values = [min(int(value), 255) for value in found.groups()]
        return "#{:02X}{:02X}{:02X}".format(*values)
    if not (shape := _HEX.fullmatch(text)):
        return ""
    digits = shape[1].upper()
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    elif len(digits) == 8:
        digits = digits[:6] if digits.endswith("FF") and not digits.startswith("FF") else digits[2:]
    return f"#{digits}"


def _free(wanted: str, taken: dict[str, Code]) -> str:
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name


def _walk(codes: ET.Element, parent: str) -> Iterator[tuple[ET.Element, str]]:
    for element in codes.findall("Code"):
        yield element, parent
        yield from _walk(element, _key(element))


def _key(element: ET.Element) -> str:
    return canonical(element.get("guid", "")) or f"element-{id(element)}"
