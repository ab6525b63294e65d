"""A table host's notes: headings say where we are, each bullet or paragraph is a note."""

import re
from dataclasses import dataclass, field, replace

from kafe.ingest.layout.grid import Grid
from kafe.ingest.layout.lines import Line, bullet, take_votes
from kafe.ingest.meaning import headers
from kafe.ingest.meaning.columns import HeaderReader
from kafe.ingest.meaning.headings import named_in, parse_heading
from kafe.ingest.meaning.questions import fold
from kafe.ingest.readers.grid_notes import has_text_header, read_grid
from kafe.ingest.records import Context, Draft, Reading, Session
from kafe.records import normalise_text

_WRAPPED_FROM = 60
_WRAPPED_FOR_SURE = 72
_HEADING_WORDS = 12
_PREAMBLE = (headers.GROUP, headers.MUNICIPALITY, headers.DATE)


def read_lines(
    lines: list[Line],
    reading: Reading,
    reader: HeaderReader,
    session: Session,
    stem: str,
    *,
    markdown: bool = False,
) -> None:
    """Add the notes of a host's file to the reading.

    A row of the account is a heading, a bullet with its continuation lines and indented bullets, a
    paragraph, or a table row. In Markdown a paragraph goes on to the next blank line; elsewhere each
    plain line is a note, unless the one before is a wrapped line (60 characters or more without a
    full stop, and a small letter follows; from 72 any letter). `stem` is the file's name; it gives table and round when no heading does.
    """
    known = {text for text in (*session.groups.values(), session.group) if text}
    host = _HostNotes(reading, reader, Context(**named_in(stem)), known | set(session.groups), markdown)
    for index, line in enumerate(lines):
        following = next((other for other in lines[index + 1 :] if other.kind != "blank"), None)
        host.take(line, following)
    host.finish()


@dataclass(slots=True)
class _Open:
    """A note under way."""

    text: str
    place: str
    kind: str
    level: int
    votes: int = 0
    last: str = ""


@dataclass(slots=True)
class _HostNotes:
    reading: Reading
    reader: HeaderReader
    start: Context
    groups: set[str]
    markdown: bool
    context: Context = field(init=False)
    set_fields: list[str] = field(default_factory=list)
    question_level: int = 0
    preamble: bool = True
    open: _Open | None = None
    blank: bool = True
    first: bool = True

    def __post_init__(self) -> None:
        self.context = self.start

    def take(self, line: Line, following: Line | None) -> None:
        if line.kind == "blank":
            self.blank = True
            return
        if line.kind == "grid" and line.grid:
            self.finish()
            if has_text_header(line.grid, self.reader):
                read_grid(line.grid, self.reading, self.reader, self.context)
            else:
                self._cells(line.grid)
        elif line.kind == "guide":
            self.finish()
            self.reading.skip(line.place, "guide")
        elif line.kind == "bullet":
            self._bullet(line)
        elif not self._heading(line, following):
            self._plain(line)
        self.blank = self.first = False

    def finish(self) -> None:
        """Close the note under way."""
        if self.open is None:
            return
        note, self.open = self.open, None
        text = normalise_text(note.text)
        if text:
            self.reading.drafts.append(Draft(text, note.place, self.context, note.votes))
            self.preamble = False
        else:
            self.reading.skip(note.place, "empty")

    def _cells(self, grid: Grid) -> None:
        """Take the lines of a table without known headers, cell by cell."""
        for number, cells in grid.rows:
            for column, cell in enumerate(cells):
                if not cell.strip() or not grid.own(number, column):
                    continue
                for text in cell.splitlines():
                    item = bullet(text)
                    where = grid.place(number, column=column)
                    if item:
                        self.take(Line(item[2], where, "bullet", item[1]), None)
                    else:
                        self.take(Line(text.strip(), where, "plain" if text.strip() else "blank"), None)
                self.finish()
                self.blank = True

    def _bullet(self, line: Line) -> None:
        text, votes = take_votes(line.text)
        parent = self.open
        if parent and parent.kind == "bullet" and line.level > parent.level + 1:
            parent.text += f"\n- {text}"
            parent.votes += votes
            parent.last = line.text
            return
        self.finish()
        self.open = _Open(text, line.place, "bullet", line.level, votes, line.text)

    def _same_paragraph(self, note: _Open) -> bool:
        return self.markdown and note.kind == "plain" and not note.votes

    def _plain(self, line: Line) -> None:
        note = self.open
        continues = note and (
            (note.kind == "bullet" and line.level > note.level and not (self.blank and note.votes))
            or (note.kind == "plain" and not self.blank and line.level > note.level + 1)
            or (not self.blank and (_wraps(note.last, line.text) or self._same_paragraph(note)))
        )
        text, votes = take_votes(line.text)
        if note and continues:
            note.text += ("\n" if self.blank else " ") + text
            note.votes += votes
            note.last = line.text
            return
        self.finish()
        self.open = _Open(text, line.place, "plain", line.level, votes, line.text)

    def _heading(self, line: Line, following: Line | None) -> bool:
        """Return whether the line is a heading, and if so take what it says."""
        marked = line.kind == "heading"
        open_plain = self.open and not self.blank and self.open.kind == "plain"
        if not marked and open_plain and self.open and _wraps(self.open.last, line.text):
            return False
        text = line.text.strip("*_ ")
        fields, rest = parse_heading(text)
        if not marked and not self._plain_heading(text, fields, rest):
            return self._colon_heading(line, text, following)
        self.finish()
        if "personal" in fields:
            self.reading.skip(line.place, "host_name")
        elif marked or not rest:
            self.reading.skip(line.place, "heading")
        self._apply(fields, line)
        rest = rest.strip(" :–-")
        if not fields and not self._question_heading(text, line):
            ends = line.level == self.question_level or (line.certain and line.level < self.question_level)
            if ends and "question" in self.set_fields:
                self.set_fields.remove("question")
                self.context = replace(self.context, question=self.start.question)
        elif fields and rest and marked:
            if fold(rest) in {fold(group) for group in self.groups}:
                self._set("group", rest.lower())
            elif "question" not in fields:
                self._question_heading(rest, line)
        elif fields and rest:
            clean, votes = take_votes(rest)
            self.open = _Open(clean, line.place, "plain", line.level, votes, rest)
        return True

    def _plain_heading(self, text: str, fields: dict[str, str], rest: str) -> bool:
        if "personal" in fields:
            return True
        if not fields:
            return False
        if set(fields) <= set(_PREAMBLE):
            return self.preamble and len(text.split()) <= 8
        if "question" in fields:
            return not rest
        return not rest or bool(re.match(r"[^:]{1,24}:\s", text)) or len(rest.split()) <= 1

    def _colon_heading(self, line: Line, text: str, following: Line | None) -> bool:
        """Return whether an unmarked line is a heading: a known question, short and ending in a colon, or
        a title, the file's first line with a heading under it."""
        asked = self.reader.questions.known(text)
        ends = text.endswith(":") and len(text.split()) <= _HEADING_WORDS and following is not None
        title = self.first and following is not None and bool(parse_heading(following.text)[0])
        if title and not ends and not asked and len(text.split()) <= _HEADING_WORDS and text[-1] not in ".!?":
            self.reading.skip(line.place, "heading")
            return True
        if not ends and not (asked and len(text.split()) >= 3 and following is not None):
            return False
        self.finish()
        self.reading.skip(line.place, "heading")
        if asked:
            self._set("question", asked)
            self.question_level = 9
        elif text.rstrip(" :").endswith("?"):
            self._question_heading(text.rstrip(" :"), line)
        return True

    def _question_heading(self, text: str, line: Line) -> bool:
        text = text.rstrip(" :")
        key = self.reader.questions.known(text)
        if not key and text.endswith("?"):
            key = self.reader.questions.find(text)
        if key:
            self._set("question", key)
            self.question_level = line.level
        return bool(key)

    def _apply(self, fields: dict[str, str], line: Line) -> None:
        for name, value in fields.items():
            if name == "question":
                self._set(name, self.reader.questions.find(value))
                self.question_level = line.level if line.kind == "heading" else 9
            elif name != "personal" and value:
                self._set(name, value)
        if headers.TABLE in fields:
            self.preamble = True

    def _set(self, name: str, value: str) -> None:
        """Set a field and forget the fields that were set under its former value."""
        if name in self.set_fields:
            at = self.set_fields.index(name)
            for inner in self.set_fields[at:]:
                self.context = replace(self.context, **{inner: getattr(self.start, inner)})
            del self.set_fields[at:]
        self.set_fields.append(name)
        self.context = replace(self.context, **{name: value})


def _wraps(before: str, after: str) -> bool:
    if len(before) < _WRAPPED_FROM or before[-1] in ".!?:;":
        return False
    return after[:1].islower() or len(before) >= _WRAPPED_FOR_SURE
