"""REFI-QDA projects (.qdpx) out: notes as sources, codings as selections, all in the order of the schema."""

import json
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kafe import __version__
from kafe.exchange.formats.archive import archive_bytes
from kafe.exchange.formats.code_elements import code_elements
from kafe.exchange.formats.qdc import no_codes
from kafe.exchange.formats.xml_tree import NOT_XML, holdable, render
from kafe.exchange.guid import guid
from kafe.exchange.records import VARIABLES, Outgoing, is_day, moment
from kafe.records import Coding, Note
from kafe.strings import shortened

NAMESPACE = "urn:QDA-XML:project:1.0"
SIDECAR_NAME = "kafe.json"
SIDECAR = guid("note", SIDECAR_NAME)
"""The note that holds what the format has no place for."""
LONGEST_NAME = 120


def qdpx_bytes(outgoing: Outgoing) -> bytes:
    """Return a .qdpx file; the same content gives the same bytes.

    Positions count code points and do not include the end; texts are UTF-8 with LF and without BOM.
    Codings with codes that the codebook lacks are left out. Raises KafeError for one without codes.
    """
    if not outgoing.codebook.codes:
        raise no_codes()
    usable = tuple(coding for coding in outgoing.codings if coding.code in outgoing.codebook)
    outgoing = replace(outgoing, codings=usable)
    notes = sorted(outgoing.notes, key=lambda note: note.id)
    members = {"project.qde": render(_project(outgoing, notes), NAMESPACE)}
    members |= {f"sources/{guid('note', note.id)}.txt": note.text.encode("utf-8") for note in notes}
    return archive_bytes(members)


def target_guid(target: str) -> str:
    """Return the GUID of what a memo is about: `note:ID`, `code:ID`, `coding:ID`; empty for the project."""
    kind, _, name = target.partition(":")
    return guid(kind, name) if name else ""


def _project(outgoing: Outgoing, notes: Sequence[Note]) -> ET.Element:
    coders = {coding.coder for coding in outgoing.codings} | {memo.author for memo in outgoing.memos}
    coders |= {coder for coder, _ in outgoing.finished}
    root = ET.Element("Project", name=outgoing.title or "kafe", origin=f"kafe {__version__}")
    _group(root, "Users", [_element("User", guid=guid("user", name), name=name) for name in sorted(coders)])
    refs: dict[str, list[str]] = defaultdict(list)
    for memo in outgoing.memos:
        refs[target_guid(memo.target)].append(guid("memo", memo.id))
    of_code = {code.id: refs[guid("code", code.id)] for code in outgoing.codebook.codes}
    codebook = ET.SubElement(root, "CodeBook")
    codebook.append(code_elements(outgoing.codebook, of_code))
    kinds = _variables(notes)
    _group(root, "Variables", [_variable(name, kind) for name, kind in kinds.items()])
    _group(root, "Cases", _cases(notes, kinds))
    by_note: dict[str, list[Coding]] = defaultdict(list)
    for coding in outgoing.codings:
        by_note[coding.note_id].append(coding)
    _group(root, "Sources", [_source(note, by_note[note.id], refs, kinds) for note in notes])
    _group(root, "Notes", _notes(outgoing))
    for target in [*refs[""], SIDECAR]:
        ET.SubElement(root, "NoteRef", targetGUID=target)
    return root


def _element(tag: str, **attributes: str) -> ET.Element:
    return ET.Element(tag, {name: value for name, value in attributes.items() if value})


def _group(root: ET.Element, tag: str, elements: Sequence[ET.Element]) -> None:
    """Add a container; the format allows no empty ones."""
    if elements:
        ET.SubElement(root, tag).extend(elements)


def _variables(notes: Iterable[Note]) -> dict[str, str]:
    """Return field → type for the fields that any note fills in."""
    kinds = {}
    for name in VARIABLES:
        values = [value for note in notes if (value := getattr(note, name)) not in ("", 0)]
        if name == "votes" and values:
            kinds[name] = "Integer"
        elif values:
            dates = name == "date" and all(is_day(value) for value in values)
            kinds[name] = "Date" if dates else "Text"
    return kinds


def _variable(name: str, kind: str) -> ET.Element:
    return _element("Variable", guid=guid("variable", name), name=VARIABLES[name], typeOfVariable=kind)


def _values(note: Note, names: Iterable[str], kinds: dict[str, str]) -> list[ET.Element]:
    found = []
    for name in names:
        value = getattr(note, name)
        if value in ("", 0) or name not in kinds:
            continue
        element = ET.Element("VariableValue")
        ET.SubElement(element, "VariableRef", targetGUID=guid("variable", name))
        ET.SubElement(element, f"{kinds[name]}Value").text = str(value)
        found.append(element)
    return found


def _cases(notes: Sequence[Note], kinds: dict[str, str]) -> list[ET.Element]:
    """Return a case for every table of a session: those who spoke together, and what holds for them all."""
    at_table: dict[tuple[str, str], list[Note]] = defaultdict(list)
    for note in notes:
        at_table[note.session, note.table].append(note)
    cases = []
    for (session, table), own in sorted(at_table.items()):
        name = f"{session}, {VARIABLES['table']} {table}" if table else session
        case = _element("Case", guid=guid("case", f"{session}\x1f{table}"), name=name)
        shared = [field for field in VARIABLES if len({getattr(note, field) for note in own}) == 1]
        case.extend(_values(own[0], [name for name in shared if name != "votes"], kinds))
        for note in own:
            ET.SubElement(case, "SourceRef", targetGUID=guid("note", note.id))
        cases.append(case)
    return cases


def _source(
    note: Note, codings: Sequence[Coding], refs: dict[str, list[str]], kinds: dict[str, str]
) -> ET.Element:
    own = guid("note", note.id)
    source = _element("TextSource", guid=own, name=note.id, plainTextPath=f"internal://{own}.txt")
    spans: dict[tuple[int, int], list[Coding]] = defaultdict(list)
    for coding in sorted(codings, key=lambda c: (c.start, c.end, c.code, c.coder, c.id)):
        spans[coding.start, coding.end].append(coding)
    for (start, end), here in spans.items():
        selection = _element(
            "PlainTextSelection",
            guid=guid("selection", f"{note.id}:{start}-{end}"),
            name=shortened(note.text[start:end], LONGEST_NAME),
            startPosition=str(start),
            endPosition=str(end),
            creatingUser=guid("user", here[0].coder),
            creationDateTime=moment(here[0].at),
        )
        for coding in here:
            element = ET.SubElement(selection, "Coding", _coding_attributes(coding))
            ET.SubElement(element, "CodeRef", targetGUID=guid("code", coding.code))
            own_memo = [guid("codingmemo", coding.id)] if coding.memo else []
            for target in [*own_memo, *refs[guid("coding", coding.id)]]:
                ET.SubElement(element, "NoteRef", targetGUID=target)
        source.append(selection)
    for target in refs[own]:
        ET.SubElement(source, "NoteRef", targetGUID=target)
    source.extend(_values(note, VARIABLES, kinds))
    return source


def _coding_attributes(coding: Coding) -> dict[str, str]:
    attributes = {"guid": guid("coding", coding.id), "creatingUser": guid("user", coding.coder)}
    return attributes | ({"creationDateTime": moment(coding.at)} if moment(coding.at) else {})


def _notes(outgoing: Outgoing) -> list[ET.Element]:
    notes = [
        _note(guid("codingmemo", coding.id), "memo", coding.memo, coding.coder, coding.at)
        for coding in outgoing.codings
        if coding.memo
    ]
    notes += [
        _note(guid("memo", memo.id), memo.target.partition(":")[0], memo.text, memo.author, memo.at)
        for memo in outgoing.memos
    ]
    notes.sort(key=lambda note: note.get("guid", ""))
    sidecar = json.dumps(_sidecar(outgoing), ensure_ascii=False, indent=1, sort_keys=True)
    sidecar = NOT_XML.sub(lambda found: json.dumps(found[0])[1:-1], sidecar)
    return [*notes, _note(SIDECAR, SIDECAR_NAME, sidecar, "", "")]


def _note(own: str, name: str, text: str, author: str, at: str) -> ET.Element:
    user = guid("user", author) if author else ""
    note = _element("Note", guid=own, name=name, creatingUser=user, creationDateTime=moment(at))
    ET.SubElement(note, "PlainTextContent").text = text
    return note


def _sidecar(outgoing: Outgoing) -> dict[str, object]:
    """Return what the format has no place for, by GUID; exact texts only where XML would change them."""
    codings = {}
    for coding in outgoing.codings:
        held = {"id": coding.id, "origin": coding.origin, "codebook_version": coding.codebook_version}
        exact = {
            "at": coding.at if coding.at != moment(coding.at) else "",
            "coder": _exact(coding.coder, coding.coder.strip()),
        }
        codings[guid("coding", coding.id)] = {
            key: value for key, value in (held | exact | {"memo": _exact(coding.memo)}).items() if value
        }
        if not coding.at:
            codings[guid("coding", coding.id)]["at"] = ""  # or it would get the time of its selection
    memos = {}
    for memo in outgoing.memos:
        held = {"id": memo.id, "target": memo.target, "at": memo.at if memo.at != moment(memo.at) else ""}
        exact = {"author": _exact(memo.author, memo.author.strip()), "text": _exact(memo.text)}
        memos[guid("memo", memo.id)] = {key: value for key, value in (held | exact).items() if value}
    return {
        "kafe": __version__,
        "codebook_title": outgoing.codebook.title,
        "codebook_version": outgoing.codebook.version,
        "codings": codings,
        "memos": memos,
        "finished": sorted(list(pair) for pair in outgoing.finished),
    }


def _exact(text: str, read: str | None = None) -> str:
    """Return the text where a reader of the XML would get another."""
    return text if text != holdable(text if read is None else read) else ""
