"""The decision in force and every one before it; and what each reader says of notes and proposals now."""

import pytest
from kept import every_decision

from kafe.records import Decision, KafeError, Link, Note, Stance
from kafe.store.store import Store

AT = "2026-02-01T10:00:00+00:00"
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


def link(stance: str = "supports", who: str = "Kari", at: str = "2026-01-01", note_id: str = "n1") -> Link:
    return Link(note_id, "f1", Stance(stance), who, at)


def test_each_readers_latest_reading_holds_and_the_same_twice_is_one(store):
    assert store.append_links([link(), link("against", at="2026-01-02"), link(who="Ola")]) == 3
    assert store.append_links([link()]) == 0
    assert [(one.who, one.stance) for one in store.links()] == [("Kari", "against"), ("Ola", "supports")]


def test_a_reading_is_taken_back_and_given_again(store):
    store.append_links([link(), link("unread", at="2026-01-02")])
    assert store.links() == []
    store.append_links([link(at="2026-01-03")])
    assert [one.stance for one in store.links()] == ["supports"]


def test_a_link_to_a_note_that_is_not_there_is_refused_and_nothing_is_stored(store):
    with pytest.raises(KafeError):
        store.append_links([link(), link(note_id="n9")])
    assert store.links() == []


def test_a_row_that_is_gone_from_the_file_is_taken_back_and_comes_again_with_the_row(store):
    store.sync_links([link()], at=AT)
    store.sync_links([], at=AT)
    assert store.links() == []
    store.sync_links([link()], at=AT)
    assert [one.stance for one in store.links()] == ["supports"]


def test_a_row_that_is_changed_there_and_back_is_what_it_says_now(store):
    for stance in ("supports", "against", "supports"):
        store.sync_links([link(stance)], at=AT)
        assert [one.stance for one in store.links()] == [stance]


def test_a_file_read_again_does_not_undo_what_its_reader_said_elsewhere(store):
    store.sync_links([link()], at=AT)
    store.append_links([link("against", at="2026-03-01")])
    store.sync_links([link()], at=AT)
    assert [one.stance for one in store.links()] == ["against"]


def test_links_of_a_merged_store_stand_though_this_projects_file_lacks_them(store, tmp_path):
    with Store(f"sqlite:///{tmp_path / 'annen.sqlite'}") as other:
        other.put_notes([Note("n1", "k", "kafedialog", "tekst n1")], "2026-01-01")
        other.sync_links([link(who="Ola")], at=AT)
        assert store.merge(other, AT).new["links"] == 1
        assert store.merge(other, AT).new["links"] == 0
    store.sync_links([link()], at=AT)
    assert [one.who for one in store.links()] == ["Kari", "Ola"]
