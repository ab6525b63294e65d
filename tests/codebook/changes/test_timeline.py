"""The codebook's history in words."""

import json

from kafe.codebook.changes.timeline import timeline
from kafe.records import CodebookOperation


def operation(kind: str, before: str, **detail) -> CodebookOperation:
    return CodebookOperation(kind, kind, json.dumps(detail), "kari", "2025-06-02T10:00:00", before, "v")


def test_operations_are_told_in_words_with_who_and_when() -> None:
    rows = timeline(
        [
            operation("add", "", added=["a", "b"], removed=[], changed={}),
            operation("rename", "u", old="a", new="c", name=""),
            operation("merge", "u", codes=["b", "c"], into="d"),
        ]
    )
    assert [row["what"] for row in rows] == [
        "kodeboken registrert med 2 koder",
        "«a» ble «c»",
        "slått sammen til «d»: b, c",
    ]
    assert rows[1]["who"] == "kari"
    assert rows[1]["at"] == "2025-06-02T10:00:00"


def test_the_first_entry_has_no_time_so_that_the_same_material_gives_the_same_report() -> None:
    (row,) = timeline([operation("add", "", added=["a"], removed=[], changed={})])
    assert (row["at"], row["who"]) == ("", "")
