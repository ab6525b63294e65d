"""Reports, minutes, mandates and letters: pages or paragraphs to notes of whole paragraphs and list items."""

from kafe.ingest.layout.block_headings import mark_headings
from kafe.ingest.layout.furniture import ADDRESS, classify, footnotes, running_lines, without_marks
from kafe.ingest.layout.grid import Grid
from kafe.ingest.layout.hyphens import DocumentWords
from kafe.ingest.layout.lines import TextLine
from kafe.ingest.layout.page_text import one_line, page_lines
from kafe.ingest.layout.reflow import TURN, TextBlock, reflow
from kafe.ingest.meaning.columns import HeaderReader
from kafe.ingest.readers.document_notes import add_blocks
from kafe.ingest.readers.grid_notes import has_text_header, read_grid
from kafe.ingest.records import FileReading, NoteContext, place


def read_text(text: str, reading: FileReading, *, keep_short: bool = False) -> None:
    """Add the paragraphs of a text file to the reading; form feeds part its pages."""
    pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\x0c")
    read_pages(pages, reading, keep_short=keep_short)


def read_pages(pages: list[str], reading: FileReading, *, keep_short: bool = False) -> None:
    """Add the paragraphs and list items of a document's pages to the reading.

    A row of the account is a paragraph, a list item with its short sub-items, a heading or a line of
    page furniture; neighbouring fragments of tables are listed together. Paragraphs go on from page
    to page. `keep_short` is for letters and mails: there a short line is what someone wrote, so none
    is taken for a heading, a page number or a scrap of a table.
    """
    split = [page_lines(page) for page in pages]
    lines = [line for page in split for line in page]
    page_of = [number for number, page in enumerate(split, 1) for _ in page]
    several = len(pages) > 1
    dropped = {} if keep_short and not several else classify(lines, running_lines(split))
    for index, reason in sorted(dropped.items()):
        where = place("line", line=index + 1) if not several else place("page", page=page_of[index])
        reading.skip(where, reason)
    notes = footnotes(lines, dropped)
    kept = [TURN if index in dropped else without_marks(line, notes) for index, line in enumerate(lines)]
    blocks = reflow(kept, DocumentWords(lines))
    if not keep_short:
        mark_headings(blocks)
    for block in blocks:
        block.page = page_of[block.first] if several else 0
    add_blocks(blocks, reading, styled=False, keep_short=keep_short)


def read_blocks(
    lines: list[TextLine], reading: FileReading, reader: HeaderReader, *, keep_short: bool = False
) -> None:
    """Add a DOCX document's paragraphs, lists and tables to the reading; its paragraphs are whole already."""
    blocks: list[TextBlock] = []
    for index, line in enumerate(lines):
        if line.kind == "grid" and line.grid:
            if has_text_header(line.grid, reader):
                read_grid(line.grid, reading, reader, NoteContext())
            else:
                blocks += _cells(line.grid, index)
        elif line.kind == "guide":
            reading.skip(line.place, "guide")
        elif line.kind != "blank":
            text = one_line(line.text)
            if ADDRESS.fullmatch(text):
                reading.skip(line.place, "address")
                continue
            mark = "•" if line.kind == "bullet" else ""
            level = line.level if mark else 0
            blocks.append(TextBlock(text, index, mark, level, heading=line.kind == "heading"))
    add_blocks([block for block in blocks if block.text], reading, styled=True, keep_short=keep_short)


def _cells(grid: Grid, index: int) -> list[TextBlock]:
    """Return the paragraphs in the cells of a table that names no column of notes."""
    return [
        TextBlock(one_line(part), index, lines=2)
        for number, cells in grid.rows
        for column, cell in enumerate(cells)
        if grid.own(number, column)
        for part in cell.split("\n")
        if part.strip()
    ]
