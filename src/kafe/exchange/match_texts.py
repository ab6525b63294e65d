"""Which of kafe's own notes a text from a file is: the same, the same with names masked, or a part of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kafe.exchange.guid import guid
from kafe.exchange.positions import plain
from kafe.exchange.records import TextSource
from kafe.records import Note, normalise_text
from kafe.strings import TAG

LONGEST_NAME = 80
Verdict = Literal["known", "unknown", "changed", "ambiguous"]


@dataclass(frozen=True)
class Piece:
    """A note found in a text; `parts` are (from, to, from, to): in the normalised text, in the note."""

    note: Note
    parts: tuple[tuple[int, int, int, int], ...]

    def in_note(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where in the note a stretch of the normalised text lies; None when it does not touch it.

        A masked name is taken whole. Where the stretch reaches beyond the note, white space at the
        ends of what is left of it is cut off.
        """
        first = last = -1
        for from_, to, there, there_end in self.parts:
            literal = to - from_ == there_end - there
            if from_ < end and start < to:
                if first < 0:
                    first = there + max(0, start - from_) if literal else there
                last = there_end - max(0, to - end) if literal else there_end
        if first < 0:
            return None
        if self.parts[0][0] <= start and end <= self.parts[-1][1]:
            return first, last
        inside = self.note.text[first:last]
        first, last = first + len(inside) - len(inside.lstrip()), last - len(inside) + len(inside.rstrip())
        return (first, last) if first < last else None


class Matcher:
    """Holds kafe's notes in the ways that texts from files are looked up."""

    def __init__(self, notes: Iterable[Note]):
        notes = list(notes)
        self._by_guid = {guid("note", note.id): note for note in notes}
        self._by_id = {note.id: note for note in notes}
        self._by_text: dict[str, list[Note]] = defaultdict(list)
        self._by_line: dict[str, list[Note]] = defaultdict(list)
        self._masked: list[tuple[Note, list[str], list[str]]] = []
        for note in notes:
            self._by_text[note.text].append(note)
            self._by_line[note.text.partition("\n")[0]].append(note)
            if masks := TAG.findall(note.text):
                self._masked.append((note, TAG.split(note.text), masks))

    def find(self, source: TextSource) -> tuple[Verdict, list[Piece]]:
        """Return what a text is to kafe, and the notes found in it.

        `changed`: the file says it is a note that kafe has, but the words are others; `ambiguous`:
        several notes have this text and nothing tells which is meant.
        """
        text = normalise_text(plain(source.text))
        named = self._by_guid.get(source.guid) or self._by_id.get(source.name.strip().removesuffix(".txt"))
        same = self._by_text.get(text, []) if text else []
        if named and named.text == text:
            return "known", [_whole(named)]
        if len(same) == 1:
            return "known", [_whole(same[0])]
        if same:
            return "ambiguous", []
        masked = [piece for entry in self._masked if (piece := _under_masks(text, *entry))]
        if masked:
            return ("known", masked) if len(masked) == 1 else ("ambiguous", [])
        if named:
            return "changed", []
        pieces = self._inside(text)
        return ("known", pieces) if pieces else ("unknown", [])

    def _inside(self, text: str) -> list[Piece]:
        """Return the notes that stand in the text as whole lines, each once."""
        found: list[Piece] = []
        at = done = 0
        for line in text.split("\n"):
            here = [
                note
                for note in self._by_line.get(line, ())
                if note.text and f"{text}\n".startswith(f"{note.text}\n", at)
            ]
            longest = max((len(note.text) for note in here), default=0)
            here = [note for note in here if len(note.text) == longest]
            if len(here) == 1 and at >= done:
                done = at + longest
                found.append(Piece(here[0], ((at, done, 0, longest),)))
            at += len(line) + 1
        return found


def _whole(note: Note) -> Piece:
    size = len(note.text)
    return Piece(note, ((0, size, 0, size),))


def _under_masks(text: str, note: Note, literals: Sequence[str], masks: Sequence[str]) -> Piece | None:
    """Return the note when the text is the same words with something short in each mask's place."""
    if not any(literal.strip() for literal in literals) or not text.startswith(literals[0]):
        return None
    parts = [(0, len(literals[0]), 0, len(literals[0]))]
    at = there = len(literals[0])
    for index, (mask, literal) in enumerate(zip(masks, literals[1:], strict=True)):
        if index == len(masks) - 1:
            end = len(text) - len(literal) if text.endswith(literal) else -1
        else:
            end = text.find(literal, at + 1, at + LONGEST_NAME + len(literal))
        if not at < end <= at + LONGEST_NAME:
            return None
        parts.append((at, end, there, there + len(mask)))
        at, there = end, there + len(mask)
        parts.append((at, at + len(literal), there, there + len(literal)))
        at, there = at + len(literal), there + len(literal)
    return Piece(note, tuple(part for part in parts if part[0] < part[1]))
