"""Codings as tables: tidy (a row a coding) and wide (a row a note, a column a code), out and in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kafe.exchange.guid import guid
from kafe.exchange.records import (
    VARIABLES,
    CodedSpan,
    Incoming,
    IncomingCodes,
    Outgoing,
    TextSource,
    moment,
)
from kafe.origins import is_machine_name
from kafe.records import Code, Codebook, Coding, Note
from kafe.strings import slug

NOTE, QUOTE, CODE, CODER, AT, MEMO = "innspill", "sitat", "kode", "koder", "tidspunkt", "memo"
START, END, NAME, PATH, ID, ORIGIN, VERSION = (
    "start",
    "slutt",
    "kodenavn",
    "kodesti",
    "koding",
    "opphav",
    "kodebokversjon",
)
TIDY = (NOTE, *VARIABLES.values(), START, END, QUOTE, CODE, NAME, PATH, CODER, AT, MEMO, ORIGIN, VERSION, ID)
FINISHED = "ferdig"
WIDE = (NOTE, *VARIABLES.values(), FINISHED)
"""Columns of a wide table before those of the codes."""
HIGHLIGHTS = ("id", "document", "tag", "content")
"""What Taguette writes: a row for each tag on each highlight."""
STEP = " › "

CodingRow = list[str | int]


@dataclass(frozen=True)
class CodingTable:
    """A header and its rows."""

    header: tuple[str, ...]
    rows: list[CodingRow]


def tidy(outgoing: Outgoing, coders: Iterable[str] = ()) -> CodingTable:
    """Return one row for each coding that a person made, ordered by note, place, code and coder.

    `coders` limits it to these people.
    """
    notes = {note.id: note for note in outgoing.notes}
    paths = {code.id: outgoing.codebook.path(code.id) for code in outgoing.codebook.codes}
    rows: list[CodingRow] = []
    for coding in sorted(_human(outgoing.codings, coders), key=_order):
        path = paths.get(coding.code, ())
        rows.append(
            [
                coding.note_id,
                *_values(notes[coding.note_id]),
                coding.start,
                coding.end,
                coding.quote,
                coding.code,
                path[-1].name if path else "",
                STEP.join(step.name for step in path),
                coding.coder,
                coding.at,
                coding.memo,
                coding.origin,
                coding.codebook_version,
                coding.id,
            ]
        )
    return CodingTable(TIDY, rows)


def wide(outgoing: Outgoing, coders: Iterable[str] = ()) -> CodingTable:
    """Return one row for each note: 1 where a person put the code anywhere on it, else 0.

    `ferdig` counts who has finished the note: only there does 0 mean that a person thought so.
    `coders` limits both to these people. Codes are in codebook order, those it lacks last.
    """
    wanted = set(coders)
    codings = list(_human(outgoing.codings, wanted))
    codes = [code.id for code in outgoing.codebook.codes if code.codable]
    codes += sorted({coding.code for coding in codings} - set(codes))
    coded = {(coding.note_id, coding.code) for coding in codings}
    finished: dict[str, int] = {}
    for coder, note_id in outgoing.finished:
        if not wanted or coder in wanted:
            finished[note_id] = finished.get(note_id, 0) + 1
    rows: list[CodingRow] = [
        [
            note.id,
            *_values(note),
            finished.get(note.id, 0),
            *(int((note.id, code) in coded) for code in codes),
        ]
        for note in sorted(outgoing.notes, key=lambda note: note.id)
    ]
    return CodingTable((*WIDE, *codes), rows)


def read_tidy(rows: Sequence[Mapping[str, str]], notes: Mapping[str, Note], codebook: Codebook) -> Incoming:
    """Return what a tidy table, a coder's own file or Taguette's highlights say about notes that kafe has.

    A row without positions is where its quote stands, and the whole note when it has no quote either.
    A row without a code says that the coder has finished the note.
    """
    reading = _RowReader(notes, codebook)
    finished: list[list[str]] = []
    sidecar: dict[str, dict[str, str]] = {}
    for number, row in enumerate(rows, start=1):
        note_id, code = row.get(NOTE, ""), row.get(CODE, "")
        if note_id not in notes:
            reading.lose("row_note")
        elif not code:
            finished.append([row.get(CODER, ""), note_id])
        else:
            own = guid("coding", row.get(ID) or f"row:{number}")
            span = _span(row)
            reading.span(own, note_id, span, row.get(QUOTE, ""), row)
            if row.get(ID):
                names = {"id": ID, "origin": ORIGIN, "codebook_version": VERSION}
                sidecar[own] = {key: row.get(column, "") for key, column in names.items()}
                sidecar[own]["at"] = row.get(AT, "")
    return reading.incoming("tidy", {"codings": sidecar, "finished": finished})


def read_wide(rows: Sequence[Mapping[str, str]], notes: Mapping[str, Note], codebook: Codebook) -> Incoming:
    """Return what a wide table says: a 1 is a coding of the whole note, unless the coder has the code there.

    Anything but 0, 1 and nothing is counted among the losses.
    """
    reading = _RowReader(notes, codebook)
    for number, row in enumerate(rows, start=1):
        note_id = row.get(NOTE, "")
        if note_id not in notes:
            reading.lose("row_note")
            continue
        for code, value in row.items():
            if code in WIDE or not code:
                continue
            if value in ("1", "1.0"):
                own = guid("coding", f"row:{number}:{code}")
                reading.span(own, note_id, (0, -1), "", {CODE: code}, somewhere=True)
            elif value not in ("", "0", "0.0"):
                reading.lose("cell")
    return reading.incoming("wide", {})


class _RowReader:
    """Gathers codings on known notes in the shape of a project file."""

    def __init__(self, notes: Mapping[str, Note], codebook: Codebook):
        self.notes, self.codebook = notes, codebook
        self.spans: list[CodedSpan] = []
        self.codes: dict[str, Code] = {}
        self.losses: dict[str, int] = {}

    def lose(self, key: str) -> None:
        self.losses[key] = self.losses.get(key, 0) + 1

    def span(
        self,
        own: str,
        note_id: str,
        span: tuple[int, int] | None,
        quote: str,
        row: Mapping[str, str],
        *,
        somewhere: bool = False,
    ) -> None:
        start, end = span or ((-1, -2) if quote else (0, -1))
        self.spans.append(
            CodedSpan(
                guid=own,
                source=guid("note", note_id),
                start=start,
                end=end,
                quote=quote,
                code=self.code(row),
                coder=row.get(CODER, ""),
                at=moment(row.get(AT, "")),
                memo=row.get(MEMO, ""),
                somewhere=somewhere,
            )
        )

    def code(self, row: Mapping[str, str]) -> str:
        """Return the GUID of a row's code; the codes on the way to one that is new are new too.

        Only an id of the codebook is kafe's own; anything else is a name that someone wrote.
        """
        said = row[CODE]
        if said in self.codebook:
            return guid("code", said)
        parent = ""
        above = row.get(PATH, "").split(STEP)[:-1]
        for depth in range(1, len(above) + 1):
            parent = self.add(slug("-".join(above[:depth]), "kode"), above[depth - 1], parent, codable=False)
        return _foreign(self.add(slug(said, "kode"), row.get(NAME) or said, parent, codable=True))

    def add(self, own: str, name: str, parent: str, *, codable: bool) -> str:
        self.codes.setdefault(own, Code(own, name, parent, codable=codable))
        return own

    def incoming(self, kind: str, sidecar: dict[str, Any]) -> Incoming:
        by_guid = {_foreign(code_id): code_id for code_id in self.codes}
        used = {span.source for span in self.spans}
        sources = tuple(
            TextSource(guid("note", note.id), note.id, note.text)
            for note in self.notes.values()
            if guid("note", note.id) in used
        )
        codes = IncomingCodes(tuple(self.codes.values()), by_guid)
        return Incoming(kind, codes, sources, tuple(self.spans), sidecar=sidecar, losses=self.losses)


def highlights_as_tidy(rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return Taguette's highlights as rows of a tidy table; documents are named after notes."""
    return [
        {
            NOTE: row.get("document", "").strip().removesuffix(".txt"),
            CODE: row.get("tag", ""),
            QUOTE: row.get("content", ""),
        }
        for row in rows
        if row.get("tag")
    ]


def _foreign(code: str) -> str:
    return guid("code of a table", code)


def _human(codings: Iterable[Coding], coders: Iterable[str]) -> Iterable[Coding]:
    wanted = set(coders)
    return (
        coding
        for coding in codings
        if not is_machine_name(coding.coder) and (not wanted or coding.coder in wanted)
    )


def _order(coding: Coding) -> tuple[str, int, int, str, str, str]:
    return coding.note_id, coding.start, coding.end, coding.code, coding.coder, coding.id


def _values(note: Note) -> list[str | int]:
    return [getattr(note, name) for name in VARIABLES]


def _span(row: Mapping[str, str]) -> tuple[int, int] | None:
    try:
        return int(float(row.get(START, ""))), int(float(row.get(END, "")))
    except (ValueError, OverflowError):
        return None
