"""What `put_notes` keeps, and what it never loses."""

import pytest
from kept import note_versions
from sqlalchemy import create_engine, text

from kafe.records import KafeError, Note, text_hash
from kafe.store import NoteChanges


def note(note_id: str, words: str = "Ring meg når du er ledig 🙂 æøå", **more) -> Note:
    return Note(id=note_id, session="kafe-1", kind="kafedialog", text=words, **more)


def test_notes_come_back_equal_and_ordered_by_id(store):
    given = [note("n2", votes=3, table="4", group="bruker"), note("n1", language="nn"), note("n10")]
    assert store.put_notes(given, "2026-01-01") == NoteChanges(3, 0, 0, 0)
    assert store.notes() == [given[1], given[2], given[0]]


def test_the_same_notes_again_change_nothing(store):
    given = [note("n1"), note("n2")]
    store.put_notes(given, "2026-01-01")
    assert store.put_notes(reversed(given), "2026-01-02") == NoteChanges(0, 2, 0, 0)
    assert len(note_versions(store, "n1")) == 1


def test_a_changed_text_is_a_new_version_and_the_old_one_is_kept(store, address):
    store.put_notes([note("n1", "Kari ringte")], "2026-01-01")
    assert store.put_notes([note("n1", "[PERSON-1] ringte")], "2026-01-02") == NoteChanges(0, 0, 1, 0)
    assert [(at, version.text) for at, version in note_versions(store, "n1")] == [
        ("2026-01-01", "Kari ringte"),
        ("2026-01-02", "[PERSON-1] ringte"),
    ]
    engine = create_engine(address)
    with engine.connect() as connection:
        hashes = connection.scalars(text("select text_hash from note_versions order by seq")).all()
    engine.dispose()
    assert hashes == [text_hash("Kari ringte"), text_hash("[PERSON-1] ringte")]


def test_a_note_that_only_moved_in_its_file_is_unchanged_but_its_place_is_updated(store):
    store.put_notes([note("n1", source_place="rad 2")], "2026-01-01")
    assert store.put_notes([note("n1", source_place="rad 7")], "2026-01-02") == NoteChanges(0, 1, 0, 0)
    assert store.notes()[0].source_place == "rad 7"


def test_a_missing_note_is_withdrawn_and_comes_back_as_added(store):
    store.put_notes([note("n1"), note("n2")], "2026-01-01")
    assert store.put_notes([note("n2")], "2026-01-02") == NoteChanges(0, 1, 0, 1)
    assert [n.id for n in store.notes()] == ["n2"]
    assert [n.id for n in store.notes(include_withdrawn=True)] == ["n1", "n2"]
    assert [n.id for n in store.withdrawn_notes()] == ["n1"]
    assert store.put_notes([note("n2")], "2026-01-03") == NoteChanges(0, 1, 0, 0)
    assert store.put_notes([note("n1"), note("n2")], "2026-01-04") == NoteChanges(1, 1, 0, 0)
    assert store.withdrawn_notes() == []


def test_only_the_notes_asked_for_come(store):
    store.put_notes([note("n1"), note("n2"), note("n3")], "2026-01-01")
    store.put_notes([note("n1"), note("n2")], "2026-01-02")
    assert [n.id for n in store.notes(["n2", "n3", "n9", "n2"])] == ["n2"]
    assert [n.id for n in store.notes(["n3"], include_withdrawn=True)] == ["n3"]
    assert store.notes([]) == []


def test_the_latest_version_is_the_last_one_stored_even_when_clocks_run_backwards(store):
    store.put_notes([note("n1", "først")], "2026-01-02T12:00:00+00:00")
    store.put_notes([note("n1", "så")], "2026-01-01T12:00:00+00:00")
    assert [n.text for n in store.notes()] == ["så"]
    assert [version.text for _, version in note_versions(store, "n1")] == ["først", "så"]


def test_two_notes_with_one_id_are_refused_and_nothing_is_stored(store):
    with pytest.raises(KafeError, match="samme id, «n1»"):
        store.put_notes([note("n1"), note("n1", "noe annet")], "2026-01-01")
    assert store.notes() == []


def test_more_notes_than_sqlite_takes_in_one_question_can_be_withdrawn(store):
    store.put_notes([note(f"n{i:04}") for i in range(1300)], "2026-01-01")
    assert store.put_notes([], "2026-01-02") == NoteChanges(0, 0, 0, 1300)
