"""Memos brought together: what they are about, and their order."""

from kafe.codings.memos import memo_entries
from kafe.records import Coding, Memo


def coding(identity: str, memo: str = "") -> Coding:
    return Coding(identity, "n1", 0, 3, "abc", "", "bolig", "anna", "2025-06-01", memo=memo)


def test_memos_know_what_they_are_about_and_the_latest_comes_first() -> None:
    found = memo_entries(
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
