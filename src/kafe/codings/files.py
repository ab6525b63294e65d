"""Human codings from `data/coded/kodinger/*.csv`: good rows become events, bad rows are listed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from kafe.codebook.changes import CodeMap, place_key
from kafe.files import WrongEncodingError, tables
from kafe.messages import message
from kafe.origins import is_machine_name
from kafe.records import (
    Codebook,
    CodebookOperation,
    Coding,
    Note,
    Problem,
    Severity,
    normalise_text,
    text_hash,
)

COLUMNS = ("innspill", "sitat", "kode", "koder", "tidspunkt", "memo")
REQUIRED = ("innspill", "sitat", "kode")
TIME_FORMATS = ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y")


class Finished(NamedTuple):
    """A coder has finished a note: what that coder did not code there counts as not there."""

    coder: str
    note_id: str
    at: str


def read_codings(
    folder: Path,
    notes: Mapping[str, Note],
    codebook: Codebook,
    history: Sequence[CodebookOperation] = (),
) -> tuple[list[Coding], list[Finished], list[Problem]]:
    """Return codings and finished marks in order of note, and problems in order of file and row.

    Event ids are hashes of content, so reading a file again gives the same events. A quote must occur
    in the note letter for letter after `normalise_text`; the first place is taken when there are several
    and that is listed. An empty quote is the whole note; an empty code means that the coder finished it.
    A code that `history` has renamed, merged or split is read as what it is now. A retired code is kept,
    and listed when the row is younger than its retirement.
    """
    reading = _CodingReader(notes, codebook, history)
    for path in sorted(folder.glob("*.csv")):
        reading.read(path)
    codings = sorted(reading.codings.values(), key=_coding_order)
    finished = [Finished(coder, note_id, at) for (coder, note_id), at in reading.finished.items()]
    return codings, sorted(finished, key=lambda mark: (mark.note_id, mark.coder)), reading.problems


def _coding_order(coding: Coding) -> tuple[str, int, int, str, str, str, str]:
    return (
        coding.note_id,
        coding.start,
        coding.end,
        coding.code,
        coding.coder,
        coding.at,
        coding.id,
    )


class _CodingReader:
    def __init__(self, notes: Mapping[str, Note], codebook: Codebook, history: Sequence[CodebookOperation]):
        self.code_map = CodeMap(history, codebook)
        self.notes = notes
        self.codebook = codebook
        self.hashes: dict[str, str] = {}
        self.codings: dict[str, Coding] = {}
        self.finished: dict[tuple[str, str], str] = {}
        self.problems: list[Problem] = []
        self.file = ""

    def problem(self, row: int, key: str, *, kept: bool = False, **values: Any) -> None:
        """List what is wrong in a row of a spreadsheet (headers are row 1); `kept`: it was used all the same."""
        place, found = message("files.place.row", row=row), message(f"codings.file.{key}", **values)
        remedy = message(f"codings.file.{key}_remedy", **values)
        severity = Severity.REMARK if kept else Severity.ENTRY
        self.problems.append(Problem(self.file, place, found, remedy, severity))

    def read(self, path: Path) -> None:
        self.file = path.name
        names: list[str] = []
        try:
            rows = tables.read_csv(path, strict=True)
        except WrongEncodingError as error:
            return self.problems.append(Problem.of(error))
        for number, cells, broken in rows:
            if broken:
                self.problem(number, "broken")
            elif not names:
                names = [normalise_text(cell).lower() for cell in cells]
                missing = [name for name in REQUIRED if name not in names]
                if missing:
                    return self.problem(1, "columns", missing=", ".join(missing), wanted="; ".join(COLUMNS))
            elif any(cell.strip() for cell in cells):
                self.row(number, dict(zip(names, map(normalise_text, cells), strict=False)), path.stem)
        return None if names else self.problem(1, "empty")

    def row(self, number: int, cells: Mapping[str, str], stem: str) -> None:
        note = self.notes.get(cells.get("innspill", ""))
        written, quote = cells.get("kode", ""), cells.get("sitat", "")
        code_id = self.code_map.code(written)
        coder = cells.get("koder", "") or stem
        if note is None:
            return self.problem(number, "note", id=cells.get("innspill", ""))
        if is_machine_name(coder):
            return self.problem(number, "machine", coder=coder)
        if not code_id and quote:
            return self.problem(number, "quote_without_code")
        if code_id and code_id not in self.codebook:
            return self.problem(number, "code", code=code_id)
        if code_id and not self.codebook[code_id].codable:
            return self.problem(number, "heading", code=code_id)
        if quote not in note.text:
            return self.problem(number, "quote", id=note.id)
        if note.text.count(quote or note.text) > 1:
            self.problem(number, "several", kept=True, count=note.text.count(quote), id=note.id)
        at = self.moment(number, cells.get("tidspunkt", ""))
        if not code_id:
            self.finished.setdefault((coder, note.id), at)
            return None
        start = note.text.index(quote)
        end = start + len(quote or note.text)
        code_id = self.code_map.code(written, place_key(note.id, start, end, coder), at)
        self.outdated(number, written, code_id, at)
        coding = Coding(
            id="",
            note_id=note.id,
            start=start,
            end=end,
            quote=quote or note.text,
            text_hash=self.hashes.setdefault(note.id, text_hash(note.text)),
            code=code_id,
            coder=coder,
            at=at,
            memo=cells.get("memo", ""),
            codebook_version=self.codebook.version,
        )
        identity = coding.content_id
        if identity in self.codings:
            return self.problem(number, "twice", code=code_id, id=note.id)
        self.codings[identity] = replace(coding, id=identity)
        return None

    def outdated(self, number: int, written: str, code_id: str, at: str) -> None:
        """List a row that puts on a code after it was retired or split."""
        if self.codebook[code_id].status == "retired":
            retired, instead = self.code_map.retired.get(code_id, ("", ""))
            if not at or at > retired[: len(at)]:
                key = "retired_replaced" if instead else "retired"
                self.problem(number, key, kept=True, code=code_id, instead=instead)
        elif self.code_map.split_before(written, at):
            self.problem(number, "split", kept=True, code=written, read=code_id)

    def moment(self, number: int, text: str) -> str:
        """Return the time as ISO 8601; a time that cannot be read is listed and left out, the row kept."""
        if not text:
            self.problem(number, "no_time", kept=True)
            return ""
        for read in (datetime.fromisoformat, *(_by_format(form) for form in TIME_FORMATS)):
            try:
                return read(text).isoformat()
            except ValueError:
                continue
        self.problem(number, "time", kept=True)
        return ""


def codes_in_files(folder: Path) -> list[tuple[str, int, str]]:
    """Return file, row and code of every row that puts on a code, as written, whatever else is wrong."""
    found = []
    for path in sorted(folder.glob("*.csv")):
        at = -1
        try:
            rows = tables.read_csv(path, strict=True)
        except WrongEncodingError:
            continue
        for number, cells, broken in rows:
            names = [] if broken else [normalise_text(cell).lower() for cell in cells]
            if at < 0:
                at = names.index("kode") if "kode" in names else -1
                if at < 0:
                    break
            elif not broken and len(cells) > at and normalise_text(cells[at]):
                found.append((path.name, number, normalise_text(cells[at])))
    return found


def _by_format(form: str) -> Callable[[str], datetime]:
    return lambda text: datetime.strptime(text, form)
