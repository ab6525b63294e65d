"""Workbooks: each visible sheet as a table; the sheet's name may say which table (bord) it is."""

from kafe.ingest.meaning.columns import HeaderReader
from kafe.ingest.meaning.headings import named_in
from kafe.ingest.readers.grid_notes import read_grid
from kafe.ingest.readers.xlsx import read_workbook
from kafe.ingest.records import FileReading, NoteContext, place
from kafe.messages import message


def read_sheets(data: bytes, reading: FileReading, reader: HeaderReader) -> None:
    """Add the notes of all visible sheets to the reading; a sheet named `Bord 3` gives its rows table 3."""
    for grid in read_workbook(data, reading):
        if grid.sheet == message("ingest.template.guide_sheet"):
            reading.skip(place("sheet", sheet=grid.sheet), "guide", rows=0)
            continue
        read_grid(grid, reading, reader, NoteContext(**named_in(grid.sheet)))
