"""Workbooks: each visible sheet as a table; the sheet's name may say which table (bord) it is."""

from kafe.ingest.layout.grid import Grid
from kafe.ingest.meaning.answer_codes import is_codebook, resolve
from kafe.ingest.meaning.columns import HeaderReader
from kafe.ingest.meaning.headings import named_in
from kafe.ingest.meaning.questions import fold
from kafe.ingest.readers.grid_notes import read_grid
from kafe.ingest.readers.xlsx import read_workbook
from kafe.ingest.records import FileReading, NoteContext, place
from kafe.messages import message

_OVERVIEWS = {
    fold(name)
    for name in [
        "oversikt",
        "overview",
        "sammendrag",
        "summary",
        "resultater",
        "results",
        "deltakere",
        "participants",
    ]
}
_QUESTION = {fold(name) for name in ["question", "spørsmål", "title", "tittel"]}
_TYPE = {fold(name) for name in ("type", "question type", "spørsmålstype")}
_CLOSED = {
    fold(name)
    for name in (
        "scales", "scale", "multiple choice", "ranking", "select answer", "quiz", "100 points", "2x2 grid", "pin on image",
        "flervalg", "skala", "rangering", "poll", "choices", "guess the number",
    )
}  # fmt: skip
_ABOVE = 6


def read_sheets(data: bytes, reading: FileReading, reader: HeaderReader) -> None:
    """Add the notes of all visible sheets to the reading; a sheet named `Bord 3` gives its rows table 3.

    A codebook resolves the codes of the other sheets; a question above a sheet's table is what its rows answer.
    """
    grids = read_workbook(data, reading)
    codebooks = [
        grid for grid in grids if is_codebook(grid.sheet) and len(grids) > 1 and reader.codes.read(grid)
    ]
    for grid in grids:
        if grid.sheet == message("ingest.template.guide_sheet"):
            reading.skip(place("sheet", sheet=grid.sheet), "guide", rows=0)
        elif any(grid is book for book in codebooks):
            reading.skip(place("sheet", sheet=grid.sheet), "codebook", rows=len(grid.rows))
        elif len(grids) > 1 and fold(grid.sheet) in _OVERVIEWS and _width(grid) <= 2:
            reading.skip(place("sheet", sheet=grid.sheet), "overview", rows=len(grid.rows))
        elif _kind_above(grid) in _CLOSED:
            reading.skip(place("sheet", sheet=grid.sheet), "closed_only", rows=len(grid.rows))
        else:
            resolve(reader.codes, grid, reader.settled)
            question = _asked_above(grid)
            found = reader.questions.find(question) if question else ""
            read_grid(grid, reading, reader, NoteContext(**named_in(grid.sheet), question=found))


def _width(grid: Grid) -> int:
    return max((sum(bool(cell.strip()) for cell in cells) for _, cells in grid.rows), default=0)


def _asked_above(grid: Grid) -> str:
    """Return the question that a row `Question | …` above a sheet's table names, as presentation programs write it."""
    return _above(grid, _QUESTION)


def _kind_above(grid: Grid) -> str:
    """Return the folded kind of question that a row `Type | …` above a sheet's table names, or nothing."""
    return fold(_above(grid, _TYPE))


def _above(grid: Grid, names: set[str]) -> str:
    for _, cells in grid.rows[:_ABOVE]:
        filled = [cell.strip() for cell in cells if cell.strip()]
        if len(filled) == 2 and fold(filled[0]) in names:
            return filled[1]
    return ""
