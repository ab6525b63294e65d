"""Reports, minutes, mandates and letters: pages or paragraphs to notes of whole paragraphs and list items."""

import re

from kafe.ingest.layout.furniture import ADDRESS, classify, footnotes, running_lines, without_marks
from kafe.ingest.layout.hyphens import Words
from kafe.ingest.layout.lines import Line
from kafe.ingest.layout.reflow import HARD_BREAK, TURN, Block, mark_headings, reflow
from kafe.ingest.meaning.columns import HeaderReader
from kafe.ingest.meaning.values import as_date
from kafe.ingest.readers.grid_notes import has_text_header, read_grid
from kafe.ingest.records import Context, Draft, Reading, place
from kafe.records import normalise_text

_LIGATURES = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\u2010": "-",
        "\u2011": "-",
    }
)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_TAGS = re.compile(
    r"</?(?:p|br|div|span|td|tr|th|table|li|ul|ol|b|i|em|strong|h[1-6])\b[^>]*>", re.IGNORECASE
)
_MARKUP = re.compile(r"\*\*(.+?)\*\*|(?<!!)\[([^\]]+)\]\([^)]*\)")
_SPELLED = re.compile(r"(?<!\S)(?:[^\W\d_] ){4,}[^\W\d_](?!\S)")
_REFERENCES = re.compile(
    r"(?:referanser|referanseliste|litteratur(?:liste)?|kilder|kjelder|references)", re.IGNORECASE
)
_APPENDIX = re.compile(r"(?:vedlegg|appendiks|tillegg|annex)\b", re.IGNORECASE)
_CHILD_WORDS = 20
_MIN_WORDS = 3
_SHORT_WORDS = 7
_SCRAP_WORDS = 14
_LONGEST_SCRAP = 25
_SENTENCE_WORDS = 6
_BESIDE = 4


def read_text(text: str, reading: Reading, *, keep_short: bool = False) -> None:
    """Add the paragraphs of a text file to the reading; form feeds part its pages."""
    pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\x0c")
    read_pages(pages, reading, keep_short=keep_short)


def read_pages(pages: list[str], reading: Reading, *, keep_short: bool = False) -> None:
    """Add the paragraphs and list items of a document's pages to the reading.

    A row of the account is a paragraph, a list item with its short sub-items, a heading or a line of
    page furniture; neighbouring fragments of tables are listed together. Paragraphs go on from page
    to page. `keep_short` is for letters and mails: there a short line is what someone wrote, so none
    is taken for a heading, a page number or a scrap of a table.
    """
    split = [_clean(page) for page in pages]
    running = running_lines(split)
    lines = [line for page in split for line in page]
    page_of = [number for number, page in enumerate(split, 1) for _ in page]
    several = len(pages) > 1
    dropped = {} if keep_short and not several else classify(lines, running)
    for index, reason in sorted(dropped.items()):
        where = place("line", line=index + 1) if not several else place("page", page=page_of[index])
        reading.skip(where, reason)
    notes = footnotes(lines, dropped)
    kept = [TURN if index in dropped else without_marks(line, notes) for index, line in enumerate(lines)]
    blocks = reflow(kept, Words(lines))
    if not keep_short:
        mark_headings(blocks)
    for block in blocks:
        block.page = page_of[block.first] if several else 0
    _add_blocks(blocks, reading, styled=False, keep_short=keep_short)


def read_blocks(
    lines: list[Line], reading: Reading, reader: HeaderReader, *, keep_short: bool = False
) -> None:
    """Add a DOCX document's paragraphs, lists and tables to the reading; its paragraphs are whole already."""
    blocks: list[Block] = []
    for index, line in enumerate(lines):
        if line.kind == "grid" and line.grid:
            if has_text_header(line.grid, reader):
                read_grid(line.grid, reading, reader, Context())
                continue
            for number, cells in line.grid.rows:
                for column, cell in enumerate(cells):
                    if cell.strip() and line.grid.own(number, column):
                        blocks += [
                            Block(_inline(part), index, lines=2) for part in cell.split("\n") if part.strip()
                        ]
        elif line.kind == "guide":
            reading.skip(line.place, "guide")
        elif line.kind != "blank":
            text = _inline(line.text)
            if ADDRESS.fullmatch(text):
                reading.skip(line.place, "address")
                continue
            mark = "•" if line.kind == "bullet" else ""
            blocks.append(Block(text, index, mark, line.level if mark else 0, heading=line.kind == "heading"))
    _add_blocks([block for block in blocks if block.text], reading, styled=True, keep_short=keep_short)


def _clean(page: str) -> list[str]:
    """Return the lines of a page: ligatures apart, tags and soft hyphens mended, table cells on lines."""
    page = re.sub(r"\u00ad[ \t]*\n[ \t]*", "\u00ad", page.translate(_LIGATURES))
    lines: list[str] = []
    for line in page.split("\n"):
        for part in (
            re.split(r"\t(?=\s*\S)", _TAGS.sub("\n", line))
            if "\t" in line.strip()
            else [_TAGS.sub("\n", line)]
        ):
            pieces = part.split("\n")
            for piece in pieces:
                lines += [_spelled(piece)] + [HARD_BREAK] * (len(pieces) > 1)
            if part != line:
                lines.append(HARD_BREAK)
    return lines


def _spelled(line: str) -> str:
    """Return a line without control characters, letters spread out by spaces put together."""
    indent = re.match(r"[ \u00a0]*", line)
    text = normalise_text(_MARKUP.sub(lambda found: found[1] or found[2], line))
    parts = re.split(r"( {2,})", text)
    if any(_SPELLED.search(part) for part in parts):
        text = " ".join(
            _SPELLED.sub(lambda found: found[0].replace(" ", ""), part) for part in parts if part.strip()
        )
    return (indent[0] if indent else "") + text


def _inline(text: str) -> str:
    return " ".join(_spelled(text.translate(_LIGATURES)).split())


def _add_blocks(blocks: list[Block], reading: Reading, *, styled: bool, keep_short: bool) -> None:
    references = False
    fragments: list[tuple[Block, str]] = []
    parent: Draft | None = None
    parent_rank = (0, 0)
    number = 0

    def flush() -> None:
        if len(fragments) > 1:
            first = fragments[0][1]
            reading.skip(first, "fragments", rows=len(fragments))
        elif fragments:
            short = len(fragments[0][0].text.split()) < _MIN_WORDS
            reading.skip(fragments[0][1], "fragment" if short else "fragments")
        fragments.clear()

    for index, block in enumerate(blocks):
        number += 1
        where = (
            place("page_paragraph", page=block.page, paragraph=number)
            if block.page
            else place("paragraph", paragraph=number)
        )
        text = _PRIVATE.sub("", block.text).strip()
        ends_references = styled or _APPENDIX.match(text)
        if (block.heading and (not references or ends_references)) or _REFERENCES.fullmatch(text):
            flush()
            references = bool(_REFERENCES.fullmatch(text))
            reading.skip(where, "heading")
            parent = None
        elif references:
            reading.skip(where, "reference")
        elif not text or not (keep_short or re.search(r"\w", text)):
            flush()
            reading.skip(where, "illegible")
        elif block.cell and block.mark:
            fragments.append((block, where))
            parent = None
        elif block.mark:
            flush()
            rank = _rank(block)
            child = parent is not None and rank > parent_rank and len(text.split()) <= _CHILD_WORDS
            if parent and child:
                parent = Draft(f"{parent.text}\n- {text}", parent.place, document=True)
                reading.drafts[-1] = parent
                number -= 1
                continue
            parent, parent_rank = Draft(text, where, document=True), rank
            reading.drafts.append(parent)
        elif not keep_short and _is_fragment(text, blocks, index):
            fragments.append((block, where))
            parent = None
        elif not keep_short and _is_list_of_names(text):
            flush()
            reading.skip(where, "names")
            parent = None
        else:
            flush()
            reading.drafts.append(Draft(text, where, document=True))
            parent = None
    flush()


def _rank(block: Block) -> tuple[int, int]:
    """Return the place of a list item among nested lists: its depth, then numbers, letters, dots, dashes."""
    mark, indent = block.mark, block.indent // 2
    if mark[0].isdigit():
        return indent, 0
    if mark[0].isalpha() and mark != "o":
        return indent, 1
    return indent, 2 if mark in "•●▪■" else 3


def _is_fragment(text: str, blocks: list[Block], index: int) -> bool:
    """Return whether a paragraph is a scrap of a table or figure: under three words, or one of several short ones."""
    words = len(text.split())
    if words < _MIN_WORDS or blocks[index].cell:
        return True
    if as_date(text) or (text[0].islower() and words <= _SHORT_WORDS):
        return True
    stopped = bool(re.search(r"[.!?:]$", text))
    if words <= _SCRAP_WORDS and _in_table(blocks, index):
        return not (stopped and words >= _SENTENCE_WORDS and text[0].isupper())
    if stopped:
        return False
    if text[0].islower() and words <= _LONGEST_SCRAP:
        return True
    if words > _SHORT_WORDS:
        return False
    beside = [blocks[other] for other in (index - 1, index + 1) if 0 <= other < len(blocks)]
    return any(_is_short(other) and not re.search(r"[.!?:]$", other.text) for other in beside)


def _is_short(block: Block) -> bool:
    return not block.mark and len(block.text.split()) <= _SHORT_WORDS


def _in_table(blocks: list[Block], index: int) -> bool:
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
