"""A table host's notes: headings say where we are, each bullet or paragraph is a note."""

from dataclasses import dataclass

from kafe.ingest.layout.grid import Grid
from kafe.ingest.layout.lines import TextLine, bullet, take_votes
from kafe.ingest.meaning.columns import HeaderReader
from kafe.ingest.meaning.headings import named_in
from kafe.ingest.readers.grid_notes import has_text_header, read_grid
from kafe.ingest.readers.host_headings import HostHeadings
from kafe.ingest.records import FileReading, NoteContext, NoteDraft, SourceSession
from kafe.records import normalise_text

_WRAPPED_FROM = 60
_WRAPPED_FOR_SURE = 72


def read_lines(
    lines: list[TextLine],
    reading: FileReading,
    reader: HeaderReader,
    session: SourceSession,
    stem: str,
    *,
    markdown: bool = False,
) -> None:
    """Add the notes of a host's file to the reading.

    A row of the account is a heading, a bullet with its continuation lines and indented bullets, a
    paragraph, or a table row. In Markdown a paragraph goes on to the next blank line; elsewhere each
    plain line is a note, unless the one before is a wrapped line (60 characters or more without a
    full stop, and a small letter follows; from 72 any letter). `stem` is the file's name; it gives
    table and round when no heading does.
    """
    known = {text for text in (*session.groups.values(), session.group) if text}
    headings = HostHeadings(reader, NoteContext(**named_in(stem)), known | set(session.groups))
    host = _HostNotes(reading, reader, headings, markdown=markdown)
    for index, line in enumerate(lines):
        following = next((other for other in lines[index + 1 :] if other.kind != "blank"), None)
        host.take(line, following)
    host.finish()


@dataclass(slots=True)
class _OpenNote:
    """A note under way; `last` is the line that it took last."""

    text: str
    place: str
    bullet: bool
    level: int
    votes: int
    last: str

    def go_on(self, text: str, votes: int, line: TextLine) -> None:
        self.text += text
        self.votes += votes
        self.last = line.text


class _HostNotes:
    """The notes of a host's file, line by line: the one under way, and whether a blank line came before."""

    def __init__(self, reading: FileReading, reader: HeaderReader, headings: HostHeadings, *, markdown: bool):
        self._reading, self._reader, self._headings = reading, reader, headings
        self._markdown = markdown
        self._open: _OpenNote | None = None
        self._blank = self._first = True

    def take(self, line: TextLine, following: TextLine | None) -> None:
        """Take a line; `following` is the next that is not blank."""
        if line.kind == "blank":
            self._blank = True
            return
        if line.kind == "grid" and line.grid:
            self._grid(line.grid)
        elif line.kind == "guide":
            self.finish()
            self._reading.skip(line.place, "guide")
        elif line.kind == "bullet":
            self._bullet(line)
        elif not self._heading(line, following):
            self._plain(line)
        self._blank = self._first = False

    def finish(self) -> None:
        """Close the note under way."""
        if self._open is None:
            return
        note, self._open = self._open, None
        text = normalise_text(note.text)
        if text:
            self._reading.drafts.append(NoteDraft(text, note.place, self._headings.context, note.votes))
            self._headings.preamble = False
        else:
            self._reading.skip(note.place, "empty")

    def _start(self, text: str, line: TextLine, *, bullet: bool = False) -> None:
        self.finish()
        clean, votes = take_votes(text)
        self._open = _OpenNote(clean, line.place, bullet, line.level, votes, last=text)

    def _grid(self, grid: Grid) -> None:
        """Take a table by its headers or the questions in it; one that has neither, cell by cell."""
        self.finish()
        if asked := self._asked(grid):
            for number, column, question, cell in asked:
                self._headings.ask(question)
                self._cell(cell, grid.place(number, column=column))
            return
        if has_text_header(grid, self._reader):
            read_grid(grid, self._reading, self._reader, self._headings.context)
            return
        for number, cells in grid.rows:
            for column, cell in enumerate(cells):
                if not cell.strip() or not grid.own(number, column):
                    continue
                self._cell(cell, grid.place(number, column=column))

    def _cell(self, cell: str, where: str) -> None:
        """Take a cell as lines of their own."""
        for text in cell.splitlines():
            if item := bullet(text):
                self.take(TextLine(item[2], where, "bullet", item[1]), None)
            else:
                self.take(TextLine(text.strip(), where, "plain" if text.strip() else "blank"), None)
        self.finish()
        self._blank = True

    def _asked(self, grid: Grid) -> list[tuple[int, int, str, str]]:
        """Return row, column, question and text of the cells below questions in the first row, or right of them.

        Empty where the table is another one; the cells with the questions are listed as headings.
        """
        rows = [(number, cells) for number, cells in grid.rows if any(cell.strip() for cell in cells)]
        if len(rows) < 2 and (not rows or len(rows[0][1]) < 2):
            return []
        first, header = rows[0]
        if len(rows) > 1 and all(self._asks(cell) for cell in header):
            asked = [(first, at) for at, _ in enumerate(header)]
            cells = [(number, at, header[at], cell) for at in range(len(header)) for number, found in rows[1:]
                     for cell in found[at : at + 1]]  # fmt: skip
        elif all(len(found) == 2 and self._asks(found[0]) for _, found in rows):
            asked = [(number, 0) for number, _ in rows]
            cells = [(number, 1, found[0], found[1]) for number, found in rows]
        else:
            return []
        for number, column in asked:
            self._reading.skip(grid.place(number, column=column), "heading")
        return [found for found in cells if found[3].strip()]

    def _asks(self, cell: str) -> bool:
        return "\n" not in cell.strip() and (
            cell.strip().endswith("?") or bool(self._reader.questions.known(cell.strip()))
        )

    def _bullet(self, line: TextLine) -> None:
        note = self._open
        if note and note.bullet and line.level > note.level + 1:
            text, votes = take_votes(line.text)
            note.go_on(f"\n- {text}", votes, line)
        else:
            self._start(line.text, line, bullet=True)

    def _heading(self, line: TextLine, following: TextLine | None) -> bool:
        """Return whether the line is a heading, and if so take what it says."""
        note = self._open
        in_paragraph = note is not None and not note.bullet and not self._blank
        if note and in_paragraph and line.kind != "heading" and _wraps(note.last, line.text):
            return False
        heading = self._headings.find(line, following, first=self._first)
        if heading is None:
            return False
        self.finish()
        if heading.reason:
            self._reading.skip(line.place, heading.reason)
        if rest := self._headings.take(heading, line):
            self._start(rest, line)
        return True

    def _plain(self, line: TextLine) -> None:
        note = self._open
        if note and self._continues(note, line):
            text, votes = take_votes(line.text)
            note.go_on(("\n" if self._blank else " ") + text, votes, line)
        else:
            self._start(line.text, line)

    def _continues(self, note: _OpenNote, line: TextLine) -> bool:
        """Return whether a plain line goes on with the note under way: indented below it, or wrapped."""
        if note.bullet and line.level > note.level:
            return not (self._blank and note.votes) or self._wrapped(note, line)
        if not note.bullet and not self._blank and line.level > note.level + 1:
            return True
        return self._wrapped(note, line)

    def _wrapped(self, note: _OpenNote, line: TextLine) -> bool:
        paragraph = self._markdown and not note.bullet and not note.votes
        return not self._blank and (_wraps(note.last, line.text) or paragraph)


def _wraps(before: str, after: str) -> bool:
    if len(before) < _WRAPPED_FROM or before[-1] in ".!?:;":
        return False
    return after[:1].islower() or len(before) >= _WRAPPED_FOR_SURE
