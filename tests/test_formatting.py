"""Values and labels as Norwegian text; goldens written by hand."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from kafe.formatting import cell, listed, number, records


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (1234567, "1\u202f234\u202f567"),
        (0.5, "0,50"),
        (3.0, "3"),
        (-0.25, "−0,25"),
        (-0.001, "0,00"),
    ],
)
def test_numbers_have_decimal_comma_thin_spaces_and_true_minus(value, shown):
    assert number(value) == shown


def test_none_is_a_hidden_count_only_where_counts_are_shown():
    assert cell(None, "count") == "<5"
    assert cell(None, "count", hidden="<10") == "<10"
    assert cell(None) == "–"


def test_formats_cover_shares_truth_values_lists_and_own_functions():
    assert cell(0.314, "percent") == "31 %"
    assert cell(True) == "ja"
    assert cell(["b", "a"]) == "b; a"
    assert cell({"b", "a"}) == "a; b"
    assert cell(3, lambda value: f"nr. {value}") == "nr. 3"


def test_rows_come_from_data_frames_mappings_and_dataclasses():
    @dataclass(frozen=True, slots=True)
    class Point:
        name: str
        value: int

    expected = [{"name": "a", "value": 1}]
    assert records(pd.DataFrame({"name": ["a"], "value": [np.int64(1)]})) == expected
    assert records([{"name": "a", "value": 1}]) == expected
    assert records([Point("a", 1)]) == expected


def test_missing_values_of_a_data_frame_become_none():
    frame = pd.DataFrame(
        {"a": [1.0, float("nan")], "b": pd.array([1, None], dtype="Int64"), "c": [pd.NaT, None]}
    )
    assert records(frame)[1] == {"a": None, "b": None, "c": None}


def test_a_row_of_another_kind_is_refused():
    with pytest.raises(TypeError, match="mapping or a dataclass"):
        records([("a", 1)])


def test_enumerations_end_with_og():
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b og c"


def test_dates_are_written_as_day_month_year():
    assert cell("2025-06-12T09:30:00", "date") == "12.06.2025"
    assert cell("i juni", "date") == "i juni"
    assert cell("", "date") == "–"


def test_short_numbers_have_no_zeros_at_the_end():
    assert [cell(value, "short") for value in (27.5, 21.0, 30, None)] == ["27,5", "21", "30", "–"]
