"""A cross-table keeps the order in which rows and columns were met, and tells hidden from missing."""

from kafe.charts.crosstab import Crosstab

ROWS = [
    {"gruppe": "bruker", "kode": "tid", "n": 4},
    {"gruppe": "ansatt", "kode": "tid", "n": None},
    {"gruppe": "ansatt", "kode": "bolig", "n": 9},
]


def test_rows_become_lines_and_columns_in_the_order_met() -> None:
    found = Crosstab.of(ROWS, "gruppe", "kode", "n")
    assert (found.columns, found.rows) == (["bruker", "ansatt"], ["tid", "bolig"])
    assert found.wide("kode", found.columns, 0) == [
        {"kode": "tid", "bruker": 4, "ansatt": None},
        {"kode": "bolig", "bruker": 0, "ansatt": 9},
    ]


def test_the_top_is_the_largest_known_value_and_one_where_there_is_none() -> None:
    assert Crosstab.of(ROWS, "gruppe", "kode", "n").top() == 9
    assert Crosstab.of(ROWS[1:2], "gruppe", "kode", "n").top() == 1
