"""The store as a whole."""

import pytest

from kafe.records import Memo, Note

MEMO = Memo("m1", "note:n1", "Her er det noe 🙂", "Kari", "2026-01-01T10:00:00.000001")


@pytest.fixture(autouse=True)
def stored_notes(store):
    notes = [Note(f"n{number}", "s", "fritekst", "Bolig først") for number in (1, 2, 3)]
    store.put_notes(notes, "2026-01-01")


def test_the_revision_changes_with_work_but_not_with_what_files_gave(store):
    before = store.revision("fil")
    store.append_finished_marks([("Kari", "n1", "2026-01-01")], "fil")
    assert store.revision("fil") == before
    assert store.revision() != before
    store.append_memos([MEMO])
    after = store.revision("fil")
    assert after != before
    store.append_memos([MEMO])
    assert store.revision("fil") == after
