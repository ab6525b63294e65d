"""The codebook's history in words, and memos brought together."""

import json

from kafe.codebook.timeline import remarks, timeline
from kafe.records import CodebookOperation, Coding, Memo


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


def coding(identity: str, memo: str = "") -> Coding:
    return Coding(identity, "n1", 0, 3, "abc", "", "bolig", "anna", "2025-06-01", memo=memo)


def test_memos_know_what_they_are_about_and_the_latest_comes_first() -> None:
    found = remarks(
        [
            Memo("1", "note:n2", "om innspillet", "berit", "2025-06-03"),
            Memo("2", "code:bolig", "om koden", "berit", "2025-06-04"),
            Memo("3", "coding:x", "om kodingen", "berit", "2025-06-05"),
            Memo("4", "project", "om alt", "berit", "2025-06-06"),
            Memo("5", "coding:gone", "om noe som er borte", "berit", "2025-06-07"),
        ],
        [coding("x"), coding("y", memo="hvorfor"), coding("z", memo="  ")],
    )
    assert [(one.kind, one.note_id, one.code, one.quote, one.text) for one in found] == [
        ("coding", "", "", "", "om noe som er borte"),
        ("project", "", "", "", "om alt"),
        ("coding", "n1", "bolig", "abc", "om kodingen"),
        ("code", "", "bolig", "", "om koden"),
        ("note", "n2", "", "", "om innspillet"),
        ("coding", "n1", "bolig", "abc", "hvorfor"),
    ]
    assert found[-1].author == "anna"
