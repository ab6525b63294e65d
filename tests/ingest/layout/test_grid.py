"""Places in a grid, named as a spreadsheet names them."""

import pytest

from kafe.ingest.layout.grid import Grid, column_letters


@pytest.mark.parametrize(
    ("column", "letters"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")],
)
def test_columns_are_lettered_as_in_a_spreadsheet(column: int, letters: str) -> None:
    assert column_letters(column) == letters


def test_a_place_names_sheet_row_and_column() -> None:
    grid = Grid(rows=[(2, ["a", "b"])], sheet="Bord 3")
    assert str(grid.place(2)) == "ark «Bord 3», rad 2"
    assert str(grid.place(2, column=1)) == "ark «Bord 3», rad 2, kolonne B"
    assert str(grid.place(2, last=5)) == "ark «Bord 3», rad 2–5"


def test_a_cell_that_another_covers_is_not_its_own() -> None:
    grid = Grid(rows=[(1, ["a", "a"])], merged={(1, 1): (1, 0)})
    assert grid.own(1, 0) and not grid.own(1, 1)
