"""Memos are events, of which the latest holds."""

from dataclasses import replace

import pytest

from kafe.records import Memo, Note

MEMO = Memo("m1", "note:n1", "Her er det noe 🙂", "Kari", "2026-01-01T10:00:00.000001")


@pytest.fixture(autouse=True)
def stored_notes(store):
    notes = [Note(f"n{number}", "s", "fritekst", "Bolig først") for number in (1, 2, 3)]
    store.put_notes(notes, "2026-01-01")


def test_the_latest_event_of_a_memo_holds_and_every_one_is_kept(store):
    newer = replace(MEMO, text="Nei, likevel ikke", at="2026-01-01T10:00:00.000002")
    back = replace(MEMO, at="2026-01-01T10:00:00.000003")
    other = replace(MEMO, id="m2", target="code:a")
    assert store.append_memos([MEMO, newer, other, back]) == 4
    assert store.append_memos([MEMO, newer, other, back]) == 0
    assert store.memos() == [other, back]
    assert store.memos(["note:n1", "note:n9"]) == [back]
    assert store.memo_history() == [MEMO, newer, other, back]
    assert store.memo_history(["code:a"]) == [other]


def test_a_memo_without_text_is_taken_away(store):
    store.append_memos([MEMO, replace(MEMO, text="", at="2026-01-02")])
    assert store.memos() == []
    assert len(store.memo_history()) == 2
