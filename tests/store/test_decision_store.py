"""The decision in force, and every one before it."""

import pytest
from kept import every_decision

from kafe.records import Decision, Note

TEXT = "🙂 Savner koordinator på sjukehuset, æ veit ikkje kem eg skal ringe"


def note(words: str = TEXT, note_id: str = "n1") -> Note:
    return Note(id=note_id, session="kafe-1", kind="kafedialog", text=words)


@pytest.fixture(autouse=True)
def stored_note(store):
    store.put_notes([note()], "2026-01-01")


def test_the_latest_decision_by_date_counts_and_every_decision_is_kept(store):
    first = Decision("note:n1", "parked", "venter", "gruppen", "2026-02-01")
    later = Decision("note:n1", "chosen", "enige", "gruppen", "2026-03-01", "hvem")
    late_entry = Decision("note:n1", "passed_on", "bokført sent", "leder", "2026-02-15")
    same_day = Decision("code:a", "chosen", "a", "gruppen", "2026-02-01")
    same_day_again = Decision("code:a", "parked", "b", "gruppen", "2026-02-01")
    given = [first, later, late_entry, same_day, same_day_again]
    assert store.append_decisions(given) == 5
    assert store.append_decisions(given) == 0
    assert store.decisions() == [same_day_again, later]
    assert every_decision(store) == given
