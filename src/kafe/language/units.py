"""Units: the sentences and list items of a note, which are coded, counted and compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kafe.language.markers import content_start, inline_items
from kafe.language.sentence_ends import abbreviations, sentence_ends
from kafe.records import Unit

if TYPE_CHECKING:
    from spacy.tokens import Doc

WRAPPED = 60
"""A line of at least so many characters that ends within a sentence goes on in a line that begins small."""
GLUED = re.compile(r"(?<=[a-zæøå]{2}[.!?])(?=[A-ZÆØÅ][a-zæøå])")
HYPHEN = re.compile(r"[^\W\d_]-$")
OPEN_END = re.compile(r"(?:,|\b(?:og|eller|i|på|til|av|for|med|som|at|å|en|et|ein|eit))$")


def units(note_id: str, doc: Doc) -> list[Unit]:
    """Return the units of an annotated note in order; together they cover all but list markers and space.

    Line breaks and list markers divide, save where a word or a sentence clearly goes on in the next line.
    Within a line a boundary needs final punctuation (or two semicolons or more, which make a list): table
    notes lack punctuation, and a model's guesses between fragments are not to be trusted. Abbreviations,
    ordinals and initials never divide. A note without letters or digits is one unit.
    """
    text = doc.text
    starts = {token.idx for token in doc if token.is_sent_start}
    spans = [span for line in _lines(text) for span in _divide(text, *line, starts)]
    if not spans and text.strip():
        start = len(text) - len(text.lstrip())
        spans = [(start, start + len(text.strip()))]
    return [Unit(note_id, start, end, text[start:end]) for start, end in spans]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of lines without markers and outer spaces, lines that go on taken together."""
    raw = text.split("\n")
    offsets = [0]
    for line in raw:
        offsets.append(offsets[-1] + len(line) + 1)
    filled = [number for number, line in enumerate(raw) if line.strip()]
    pending: tuple[int, int] | None = None
    for place, number in enumerate(filled):
        line = raw[number].rstrip()
        near = [raw[filled[other]] for other in (place - 1, place + 1) if 0 <= other < len(filled)]
        begin = content_start(line, near)
        if begin >= len(line):
            continue
        start, end = offsets[number] + begin, offsets[number] + len(line)
        bare = begin == len(line) - len(line.lstrip())
        if (
            pending
            and bare
            and filled[place - 1] == number - 1
            and _goes_on(text[slice(*pending)], line[begin:])
        ):
            pending = pending[0], end
            continue
        if pending:
            yield pending
        pending = start, end
    if pending:
        yield pending


def _goes_on(above: str, below: str) -> bool:
    """Whether a line without a marker continues the line above it."""
    if not below[0].islower():
        return False
    last = above.rsplit("\n", 1)[-1]
    whole = last[-1:] in ".!?:;…"
    return bool(HYPHEN.search(last) or OPEN_END.search(last)) or (len(last) >= WRAPPED and not whole)


def _divide(text: str, start: int, end: int, model_starts: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences and items within one line."""
    line = text[start:end]
    dashed = re.search(r"[-–—][ \t]+$", text[text.rfind("\n", 0, start) + 1 : start]) is not None
    begin = 0
    for left, right in [*inline_items(line, dashed=dashed), (len(line), len(line))]:
        yield from _sentences(text, start + begin, start + left, model_starts)
        begin = right


def _sentences(text: str, start: int, end: int, model_starts: set[int]) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return
    begin = start
    for left, right in _breaks(text[start:end], start, model_starts):
        if left > begin:
            yield begin, left
            begin = right
    yield begin, end


def _breaks(line: str, offset: int, model_starts: set[int]) -> Iterator[tuple[int, int]]:
    """Yield where units end and the next begin, counted in the note."""
    listing = _semicolons(line) >= 2
    telegraphic = line[:1].islower()
    depth = begin = 0
    before = ""
    for found in re.finditer(r"\S+", line):
        word, left = found.group(), found.end()
        inside = depth > 0
        depth = max(0, depth + word.count("(") - word.count(")"))
        enclosed = (depth > 0 or (inside and word.endswith(")"))) and line[begin] != "("
        yield from _within(word, offset + found.start(), listing and not depth)
        rest = line[left:].lstrip()
        right = len(line) - len(rest)
        if rest and (
            (listing and not depth and word.endswith(";"))
            or sentence_ends(
                before,
                word,
                rest[:40],
                enclosed=enclosed,
                telegraphic=telegraphic,
                model=offset + right in model_starts,
            )
        ):
            yield offset + left, offset + right
            begin, depth = right, 0
        before = word


def _within(word: str, offset: int, listing: bool) -> Iterator[tuple[int, int]]:
    """Yield boundaries where a space is missing: «bolig;jobb», «ringer.Vi»."""
    if re.search(r"@|://|www\.|&\w+;", word):
        return
    cuts = [found.end() for found in re.finditer(r";(?=\w)", word)] if listing else []
    never, perhaps = abbreviations()
    for found in GLUED.finditer(word):
        if word[: found.start() - 1].strip('(«"').lower() not in never | perhaps:
            cuts.append(found.start())
    for cut in sorted(cuts):
        yield offset + cut, offset + cut


def _semicolons(line: str) -> int:
    outside = re.sub(r"\([^)]*\)|&\w+;|\S*(?:://|www\.)\S*", "", line)
    return outside.count(";")
