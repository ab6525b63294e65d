"""Where in a host's file we are: what its headings have said so far of table, round, question and group."""

import re
from dataclasses import dataclass, field, replace

from kafe.ingest.layout.lines import TextLine
from kafe.ingest.meaning import headers
from kafe.ingest.meaning.columns import HeaderReader
from kafe.ingest.meaning.headings import about_meeting, named_in, parse_heading
from kafe.ingest.meaning.known_values import is_group, is_municipality
from kafe.ingest.meaning.questions import fold
from kafe.ingest.meaning.values import as_group
from kafe.ingest.readers.row_rules import is_sum_line
from kafe.ingest.records import NoteContext

_HEADING_WORDS = 12
_PREAMBLE_WORDS = 8
_PREAMBLE = frozenset({headers.GROUP, headers.MUNICIPALITY, headers.DATE})
_GROUP_WORDS = 3
_RULED = re.compile(r"^[-=~–—#*_ ]{2,}(?=\S)|(?<=\S)[-=~–—#*_ ]{2,}$")
_DEEPEST = 9
"""The level of a question that no marked heading gives: every marked heading ends it."""


@dataclass(frozen=True, slots=True)
class HostHeading:
    """A line that is a heading: the `fields` it names, the `rest` after them, the declared question it asks.

    `marked`: a heading by its style or Markdown; `worded`: one by its words alone, which names no field. `why`: a
    line about the meeting or a count, no note and no heading: a key of `ingest.skipped`.
    """

    text: str
    marked: bool = False
    worded: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    rest: str = ""
    asked: str = ""
    why: str = ""

    @property
    def reason(self) -> str:
        """Why the line is no note, a key of `ingest.skipped`; empty where its rest is one."""
        if self.why:
            return self.why
        if "personal" in self.fields and self.fields.keys() <= {"personal"}:
            return "host_name"
        return "heading" if self.marked or not self.rest else ""


class HostHeadings:
    """Finds the headings of a host's file and keeps the `context` that they give the notes below them.

    `start`: what is known before any heading; `groups`: the session's groups and their aliases. `preamble`:
    whether no note has come yet under this table, so that lines such as `Gruppe: bruker` are about all of it.
    """

    def __init__(self, reader: HeaderReader, start: NoteContext, groups: set[str]):
        self._reader, self._start = reader, start
        self._groups = {fold(group) for group in groups}
        self._set_fields: list[str] = []
        self._question_level = 0
        self.context = start
        self.preamble = True

    def find(self, line: TextLine, following: TextLine | None, *, first: bool) -> HostHeading | None:
        """Return the heading that a line is, or None for a note; `first`: the line is the file's first."""
        text = _RULED.sub("", line.text.strip("*_ "))
        marked = line.kind == "heading"
        fields, rest = parse_heading(text)
        if not marked and is_sum_line(text):
            return HostHeading(text, worded=True, why="sum")
        if not marked and not fields and about_meeting(text):
            return HostHeading(text, worded=True, why="host_line")
        if headers.ROUND in fields and rest.rstrip(" :").endswith("?"):
            return HostHeading(text, marked=True, fields=fields, rest=rest)
        if marked or self._about_notes(text, fields, rest):
            return HostHeading(text, marked, fields=fields, rest=rest)
        if (
            not fields
            and text.endswith(":")
            and len(text.split()) <= _HEADING_WORDS
            and (named := named_in(text))
        ):
            return HostHeading(text, marked=True, fields=named)
        return self._worded(text, following, first=first)

    def _about_notes(self, text: str, fields: dict[str, str], rest: str) -> bool:
        """Return whether an unmarked line says where the notes below it belong."""
        if "personal" in fields:
            return True
        if not fields:
            return False
        if fields.keys() <= _PREAMBLE:
            settled = is_municipality(fields.get(headers.MUNICIPALITY, "")) or is_group(
                fields.get(headers.GROUP, "")
            )
            return (self.preamble or settled) and len(text.split()) <= _PREAMBLE_WORDS
        if "question" in fields:
            return not rest
        return len(rest.split()) <= 1 or bool(re.match(r"[^:]{1,24}:\s", text))

    def _worded(self, text: str, following: TextLine | None, *, first: bool) -> HostHeading | None:
        """Return an unmarked line as a heading if it is one by its words: a known question, short and ending
        in a colon, or a title, the file's first line with a heading under it."""
        if following is None:
            return None
        asked = self._reader.questions.known(text)
        short = len(text.split()) <= _HEADING_WORDS
        title = first and short and text[-1:] not in ".!?" and bool(parse_heading(following.text)[0])
        if (short and text.endswith(":")) or (asked and len(text.split()) >= 3) or (title and not asked):
            return HostHeading(text, worded=True, asked=asked)
        return None

    def take(self, heading: HostHeading, line: TextLine) -> str:
        """Move to what a heading says; return what of it is a note."""
        if heading.worded:
            self._take_worded(heading, line)
            return ""
        self._take_fields(heading, line)
        rest = heading.rest.strip(" :–-()")
        if headers.TABLE in heading.fields and self._is_group(rest):
            self._set("group", as_group(rest))
            return ""
        if not heading.fields:
            if not self._ask(heading.text, line):
                self._end_question(line)
            return ""
        if not rest or not heading.marked:
            return rest
        if self._is_group(rest):
            self._set("group", as_group(rest))
        elif "question" not in heading.fields:
            self._ask(rest, line)
        return ""

    def _is_group(self, text: str) -> bool:
        return bool(text) and (
            fold(text) in self._groups or (is_group(text) and len(text.split()) <= _GROUP_WORDS)
        )

    def ask(self, question: str) -> None:
        """Move to a question that a table asks."""
        self._set("question", self._reader.questions.find(" ".join(question.split())))
        self._question_level = _DEEPEST

    def _take_worded(self, heading: HostHeading, line: TextLine) -> None:
        if heading.why:
            return
        if heading.asked:
            self._set("question", heading.asked)
            self._question_level = _DEEPEST
        elif heading.text.rstrip(" :").endswith("?"):
            self._ask(heading.text, line)

    def _take_fields(self, heading: HostHeading, line: TextLine) -> None:
        for name, value in heading.fields.items():
            if name == "question":
                self._set(name, self._reader.questions.find(value))
                self._question_level = line.level if heading.marked else _DEEPEST
            elif name != "personal" and value:
                self._set(name, value)
        if headers.TABLE in heading.fields:
            self.preamble = True

    def _ask(self, text: str, line: TextLine) -> bool:
        """Set the question that a text is, known or new; return whether it is one."""
        text = text.rstrip(" :")
        key = self._reader.questions.known(text)
        if not key and text.endswith("?"):
            key = self._reader.questions.find(text)
        if key:
            self._set("question", key)
            self._question_level = line.level
        return bool(key)

    def _end_question(self, line: TextLine) -> None:
        """Leave the question under a heading of the same level or above."""
        above = line.certain and line.level < self._question_level
        if "question" in self._set_fields and (above or line.level == self._question_level):
            self._set_fields.remove("question")
            self.context = replace(self.context, question=self._start.question)

    def _set(self, name: str, value: str) -> None:
        """Set a field and forget the fields that were set under its former value."""
        if name in self._set_fields:
            at = self._set_fields.index(name)
            for inner in self._set_fields[at:]:
                self.context = replace(self.context, **{inner: getattr(self._start, inner)})
            del self._set_fields[at:]
        self._set_fields.append(name)
        self.context = replace(self.context, **{name: value})
