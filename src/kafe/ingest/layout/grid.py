"""A grid of cells as text: what every table becomes before its headers are read."""

from dataclasses import dataclass, field

from kafe.ingest.records import place
from kafe.messages import joined


@dataclass(slots=True)
class Grid:
    """Cells as text, row by row with the row's number; `merged` maps a covered cell to its corner.

    Keys and values of `merged` are (row number, column from 0); the covered cells hold the corner's
    value. `sheet` is the sheet's name, `label` the place of the grid in its file when that has no
    sheets, `delimiter` that of a delimited text.
    """

    rows: list[tuple[int, list[str]]]
    sheet: str = ""
    delimiter: str = ""
    label: str = ""
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def own(self, row: int, column: int) -> bool:
        """Return whether the cell is written here, not covered by a merged cell that starts elsewhere."""
        return (row, column) not in self.merged

    def place(self, row: int, last: int = 0, column: int = -1) -> str:
        """Return the name of a row, of rows up to `last`, or of a cell."""
        words = [place("sheet", sheet=self.sheet)] if self.sheet else []
        words += [self.label] if self.label else []
        words.append(place("rows", first=row, last=last) if last > row else place("row", row=row))
        if column >= 0:
            words.append(place("column", column=column_letters(column)))
        return joined(words, ", ") if len(words) > 1 else words[0]


def column_letters(column: int) -> str:
    """Return the spreadsheet's name of a column counted from 0: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
