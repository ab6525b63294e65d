"""REFI-QDA projects (.qdpx) in: what the file says, with the habits of several programs allowed for."""

import json
import xml.etree.ElementTree as ET
from collections import Counter
from typing import Any

from kafe.exchange.formats.archive import Archive
from kafe.exchange.formats.code_elements import read_codes
from kafe.exchange.formats.qdpx_write import SIDECAR
from kafe.exchange.formats.xml_tree import inner, parse
from kafe.exchange.guid import canonical, guid
from kafe.exchange.records import CodedSpan, ForeignMemo, Incoming, TextSource, moment
from kafe.files import WrongEncodingError, decode_exactly
from kafe.messages import message
from kafe.records import KafeError

UNHELD = {
    "PictureSource": "picture",
    "PDFSource": "pdf",
    "AudioSource": "audio",
    "VideoSource": "video",
    "Link": "link",
    "Set": "set",
    "Graph": "graph",
}
"""What kafe has no place for; a PDF's text is read, its pages are not."""


def read_qdpx(data: bytes, file: str) -> Incoming:
    """Return what a project file says. Raises KafeError when it is none, or is damaged or dangerous."""
    archive = Archive(data, file)
    projects = [name for name in archive.names() if name.lower().endswith(".qde")]
    main = min(projects, key=lambda name: (name.count("/"), name.lower() != "project.qde", name), default="")
    if not main:
        raise _not_project(file)
    root = parse(archive.read(main), f"{file}/{main}")
    if root.tag != "Project":
        raise _not_project(file)
    return _ProjectReader(root, archive).all()


class _ProjectReader:
    def __init__(self, root: ET.Element, archive: Archive):
        self.root, self.archive = root, archive
        self.users = {_guid(user): user.get("name", "").strip() for user in root.iterfind("Users/User")}
        self.losses: Counter[str] = Counter()
        self.spans: list[CodedSpan] = []
        self.memos: list[ForeignMemo] = []
        self.noted: set[str] = set()
        self.notes = {_guid(note): note for note in root.iterfind("Notes/Note")}
        self.variables = {_guid(one): one.get("name", "") for one in root.iterfind("Variables/Variable")}
        self.cases = self.by_case()
        self.fallback = self.fallback_coder()

    def all(self) -> Incoming:
        sidecar = self.sidecar()
        codes = read_codes(self.root.find("CodeBook/Codes"))
        for tag, key in UNHELD.items():
            self.losses[key] += sum(1 for _ in self.root.iter(tag))
        sources = [found for element in self.text_elements() if (found := self.source(element))]
        own = {code_id: own for own, code_id in codes.by_guid.items()}
        for code_id, targets in codes.notes.items():
            self.note_refs(targets, own.get(code_id, ""))
        self.description(self.root, "")
        self.note_refs([canonical(ref.get("targetGUID", "")) for ref in self.root.findall("NoteRef")], "")
        self.note_refs([name for name in self.notes if name not in self.noted], "")
        return Incoming(
            "qdpx",
            title=self.root.get("name", ""),
            program=self.root.get("origin", ""),
            codes=codes,
            sources=tuple(sources),
            spans=tuple(self.spans),
            memos=tuple(self.memos),
            sidecar=sidecar,
            losses={key: count for key, count in self.losses.items() if count},
        )

    def sidecar(self) -> dict[str, Any]:
        self.noted.add(SIDECAR)
        if SIDECAR not in self.notes:
            return {}
        try:
            found = json.loads(self.note_text(SIDECAR))
        except (json.JSONDecodeError, RecursionError):
            self.losses["sidecar"] += 1
            return {}
        return found if isinstance(found, dict) else {}

    def text_elements(self) -> list[ET.Element]:
        """Return the texts: text sources, the text of PDFs, and transcripts of sound and film."""
        tags = ("TextSource", "Representation", "Transcript")
        return [element for element in self.root.iterfind("Sources//*") if element.tag in tags]

    def by_case(self) -> dict[str, dict[str, str]]:
        """Return source → values of the cases it belongs to."""
        found: dict[str, dict[str, str]] = {}
        for case in self.root.iterfind("Cases/Case"):
            values = self.values(case)
            for ref in case.findall("SourceRef"):
                found.setdefault(canonical(ref.get("targetGUID", "")), {}).update(values)
        return found

    def values(self, element: ET.Element) -> dict[str, str]:
        found = {}
        for value in element.findall("VariableValue"):
            ref = value.find("VariableRef")
            name = self.variables.get(canonical(ref.get("targetGUID", "")), "") if ref is not None else ""
            text = next((child.text or "" for child in value if child.tag.endswith("Value")), "")
            if name and text:
                found[name] = text
        return found

    def fallback_coder(self) -> str:
        """Return who is meant where nobody is named: the project's maker, or its only user."""
        maker = self.users.get(canonical(self.root.get("creatingUserGUID", "")), "")
        return maker or (next(iter(self.users.values())) if len(self.users) == 1 else "")

    def user(self, *elements: ET.Element) -> str:
        for element in elements:
            for attribute in ("creatingUser", "modifyingUser"):
                if name := self.users.get(canonical(element.get(attribute, "")), ""):
                    return name
        return self.fallback

    def source(self, element: ET.Element) -> TextSource | None:
        own = _guid(element)
        text = self.text_of(element)
        if text is None:
            self.losses["text"] += 1
            return None
        selections = [*element.findall("PlainTextSelection"), *element.findall("TranscriptSelection")]
        for selection in selections:
            self.selection(own, selection)
        for coding in element.findall("Coding"):
            self.coding(own, coding, element, 0, -1, "")
        self.description(element, own)
        self.note_refs([canonical(ref.get("targetGUID", "")) for ref in element.findall("NoteRef")], own)
        variables = self.cases.get(own, {}) | self.values(element)
        return TextSource(own, element.get("name", ""), text, variables)

    def text_of(self, element: ET.Element) -> str | None:
        if (content := element.find("PlainTextContent")) is not None:
            return content.text or ""
        member = self.archive.find(element.get("plainTextPath", ""))
        return _decoded(self.archive.read(member)) if member else None

    def selection(self, source: str, selection: ET.Element) -> None:
        codings = selection.findall("Coding")
        try:
            start, end = int(selection.get("startPosition", "")), int(selection.get("endPosition", ""))
        except ValueError:
            self.losses["position"] += len(codings)
            return
        for coding in codings:
            self.coding(source, coding, selection, start, end, selection.get("name", ""))
        first = _guid(codings[0]) if codings else source
        self.description(selection, first)
        self.note_refs([canonical(ref.get("targetGUID", "")) for ref in selection.findall("NoteRef")], first)

    def coding(
        self, source: str, coding: ET.Element, holder: ET.Element, start: int, end: int, quote: str
    ) -> None:
        ref = coding.find("CodeRef")
        code = canonical(ref.get("targetGUID", "")) if ref is not None else ""
        own = _guid(coding) or guid("coding", f"{source}:{start}-{end}:{code}")
        at = _time(coding) or _time(holder)
        self.spans.append(CodedSpan(own, source, start, end, quote, code, self.user(coding, holder), at))
        self.note_refs([canonical(one.get("targetGUID", "")) for one in coding.findall("NoteRef")], own)

    def note_refs(self, targets: Any, about: str) -> None:
        for target in targets:
            note = self.notes.get(target)
            if note is None or target in self.noted:
                continue
            self.noted.add(target)
            said = self.note_text(target)
            if said:
                self.memos.append(ForeignMemo(target, about, said, self.user(note), _time(note)))

    def note_text(self, name: str) -> str:
        note = self.notes[name]
        return (self.text_of(note) or "").removeprefix("\ufeff") or inner(note, "Description")

    def description(self, element: ET.Element, about: str) -> None:
        """Take a description as a memo; this is where QualCoder keeps them."""
        said = inner(element, "Description").strip()
        if said:
            own = guid("description", about or "project")
            self.memos.append(ForeignMemo(own, about, said, self.user(element), _time(element)))


def _decoded(data: bytes) -> str | None:
    """Return the text of a source, a byte-order mark as the character U+FEFF: positions may count it.

    None where it is text in no encoding that is read.
    """
    try:
        text, encoding = decode_exactly(data)
    except WrongEncodingError:
        return None
    return "\ufeff" + text if encoding.mark else text


def _guid(element: ET.Element) -> str:
    return canonical(element.get("guid", ""))


def _time(element: ET.Element) -> str:
    for name in ("creationDateTime", "modifiedDateTime"):
        if found := moment(element.get(name, "").strip().replace(" ", "T")):
            return found
    return ""


def _not_project(file: str) -> KafeError:
    return KafeError(
        message("exchange.qdpx.not_project"), file=file, remedy=message("exchange.qdpx.not_project_remedy")
    )
