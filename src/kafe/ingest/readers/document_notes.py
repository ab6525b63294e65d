"""Blocks of a document to notes: paragraphs and list items; headings, references and scraps of tables accounted for."""

import re
from typing import Literal

from kafe.ingest.layout.reflow import TextBlock
from kafe.ingest.meaning.values import as_date
from kafe.ingest.records import FileReading, NoteDraft, place

_UNREADABLE = re.compile("[\ue000-\uf8ff]")
"""Letters of a font's own (private use), which say nothing without the font."""
_REFERENCES = re.compile(
    r"(?:referanser|referanseliste|litteratur(?:liste)?|kilder|kjelder|references)", re.IGNORECASE
)
_APPENDIX = re.compile(r"(?:vedlegg|appendiks|tillegg|annex)\b", re.IGNORECASE)
_STOPPED = re.compile(r"[.!?:]$")
_CHILD_WORDS = 20
_MIN_WORDS = 3
_SHORT_WORDS = 7
_SCRAP_WORDS = 14
_LONGEST_SCRAP = 25
_SENTENCE_WORDS = 6
_BESIDE = 4

_Role = Literal["heading", "reference", "illegible", "item", "fragment", "names", "paragraph"]


def add_blocks(blocks: list[TextBlock], reading: FileReading, *, styled: bool, keep_short: bool) -> None:
    """Add a document's blocks to the reading, as notes or as what was left out and why.

    A list item takes its short sub-items with it; neighbouring fragments of tables are listed together.
    `styled`: headings are marked in the source, so that one ends a list of references. `keep_short`: a short
    block is what someone wrote, no scrap of a table.
    """
    notes = _DocumentNotes(blocks, reading, styled=styled, keep_short=keep_short)
    for index in range(len(blocks)):
        notes.add(index)
    notes.list_fragments()


class _DocumentNotes:
    """The notes of a document under way: the list item last read, and fragments that are not listed yet."""

    def __init__(self, blocks: list[TextBlock], reading: FileReading, *, styled: bool, keep_short: bool):
        self._blocks, self._reading = blocks, reading
        self._styled, self._keep_short = styled, keep_short
        self._references = False
        self._fragments: list[tuple[TextBlock, str]] = []
        self._parent: NoteDraft | None = None
        self._parent_rank = (0, 0)
        self._number = 0

    def add(self, index: int) -> None:
        """Take the block at this index: as a note, a part of one, or something left out."""
        block = self._blocks[index]
        self._number += 1
        where = (
            place("page_paragraph", page=block.page, paragraph=self._number)
            if block.page
            else place("paragraph", paragraph=self._number)
        )
        text = _UNREADABLE.sub("", block.text).strip()
        role = self._role(index, text)
        if role == "fragment":
            self._fragments.append((block, where))
        elif role != "reference":
            self.list_fragments()
        if role == "item":
            self._add_item(block, text, where)
        elif role == "paragraph":
            self._reading.drafts.append(NoteDraft(text, where, document=True))
        elif role != "fragment":
            self._reading.skip(where, role)
        if role in ("heading", "fragment", "names", "paragraph"):
            self._parent = None

    def _role(self, index: int, text: str) -> _Role:
        """Return what a block is; a list of references goes on to the next heading that can end it."""
        block = self._blocks[index]
        ends_references = self._styled or _APPENDIX.match(text)
        starts_references = bool(_REFERENCES.fullmatch(text))
        if starts_references or (block.heading and (not self._references or ends_references)):
            self._references = starts_references
            return "heading"
        if self._references:
            return "reference"
        if not text or not (self._keep_short or re.search(r"\w", text)):
            return "illegible"
        if block.mark:
            return "fragment" if block.cell else "item"
        if self._keep_short:
            return "paragraph"
        if _is_fragment(text, self._blocks, index):
            return "fragment"
        return "names" if _is_list_of_names(text) else "paragraph"

    def _add_item(self, block: TextBlock, text: str, where: str) -> None:
        """Add a list item as a note, or to the item above when it is a short one below it."""
        rank = _rank(block)
        if self._parent and rank > self._parent_rank and len(text.split()) <= _CHILD_WORDS:
            whole = f"{self._parent.text}\n- {text}"
            self._parent = NoteDraft(whole, self._parent.place, document=True)
            self._reading.drafts[-1] = self._parent
            self._number -= 1
            return
        self._parent, self._parent_rank = NoteDraft(text, where, document=True), rank
        self._reading.drafts.append(self._parent)

    def list_fragments(self) -> None:
        """List the fragments met since the last whole block, together."""
        if not self._fragments:
            return
        first, where = self._fragments[0]
        single = len(self._fragments) == 1 and len(first.text.split()) < _MIN_WORDS
        self._reading.skip(where, "fragment" if single else "fragments", rows=len(self._fragments))
        self._fragments.clear()


def _rank(block: TextBlock) -> tuple[int, int]:
    """Return the place of a list item among nested lists: its depth, then numbers, letters, dots, dashes."""
    mark, indent = block.mark, block.indent // 2
    if mark[0].isdigit():
        return indent, 0
    if mark[0].isalpha() and mark != "o":
        return indent, 1
    return indent, 2 if mark in "•●▪■" else 3


def _is_fragment(text: str, blocks: list[TextBlock], index: int) -> bool:
    """Return whether a paragraph is a scrap of a table or figure: under three words, or one of several short ones."""
    words = len(text.split())
    if words < _MIN_WORDS or blocks[index].cell or as_date(text):
        return True
    if text[0].islower() and words <= _SHORT_WORDS:
        return True
    stopped = bool(_STOPPED.search(text))
    if words <= _SCRAP_WORDS and _in_table(blocks, index):
        return not (stopped and words >= _SENTENCE_WORDS and text[0].isupper())
    if stopped:
        return False
    if text[0].islower() and words <= _LONGEST_SCRAP:
        return True
    return words <= _SHORT_WORDS and _beside_short(blocks, index)


def _beside_short(blocks: list[TextBlock], index: int) -> bool:
    """Return whether a short block without a full stop stands right before or after."""
    beside = [blocks[other] for other in (index - 1, index + 1) if 0 <= other < len(blocks)]
    return any(_is_short(other) and not _STOPPED.search(other.text) for other in beside)


def _is_short(block: TextBlock) -> bool:
    return not block.mark and len(block.text.split()) <= _SHORT_WORDS


def _in_table(blocks: list[TextBlock], index: int) -> bool:
    """Return whether most of what stands right before and after is short: the cells of a table or figure."""
    beside = blocks[max(0, index - _BESIDE) : index] + blocks[index + 1 : index + 1 + _BESIDE]
    cells = sum(_is_short(block) and not block.text.endswith(".") for block in beside)
    return len(beside) >= _BESIDE and cells >= 0.6 * len(beside)


def _is_list_of_names(text: str) -> bool:
    """Return whether a paragraph without a full stop is mostly words with capitals; without a comma, a third is enough."""
    words = [word for word in text.split() if word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words) / max(len(words), 1)
    if len(words) < 5 or re.search(r"[.!?:]", text):
        return False
    return capitals > 0.45 or (capitals > 0.3 and len(words) >= 10 and not re.search("[,;]", text))
