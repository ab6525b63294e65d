"""Two stores become one: nothing lost, nothing twice, the same outcome whichever is brought into the other."""

from dataclasses import astuple, replace

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from kept import every_decision, note_versions

from kafe.records import CodebookOperation, Coding, Decision, Memo, Note, text_hash
from kafe.store.merge import Conflict
from kafe.store.store import Store

TEXTS = ("Bolig først, så behandling", "Bolig først, og så arbeid")
NOTES = tuple(Note(note_id, "s", "fritekst", TEXTS[0]) for note_id in ("n1", "n2"))
AT = "2026-05-01T00:00:00"


def coding(event_id: str, code: str = "bolig", coder: str = "Kari", **more) -> Coding:
    words = more.pop("words", TEXTS[0])
    made = Coding(event_id, "n1", 0, 5, words[:5], text_hash(words), code, coder, "2026-02-01T10:00:00")
    return replace(made, **more)


@pytest.fixture
def other():
    with Store("sqlite://") as opened:
        opened.put_notes(NOTES, "2026-01-01")
        yield opened


@pytest.fixture
def here(store):
    store.put_notes(NOTES, "2026-01-01")
    return store


def kinds(report):
    return {conflict.kind for conflict in report.conflicts}


def test_everything_of_the_other_store_comes_in_once(here, other):
    other.append_codings([coding("e1", coder="Ola")])
    other.append_finished("Ola", "n1", "2026-02-02")
    other.append_memos([Memo("m1", "note:n1", "Hm", "Ola", "2026-02-02")])
    other.append_decisions([Decision("note:n1", "chosen", "enige", "gruppen", "2026-02-03")])
    other.append_operations(
        [CodebookOperation("o1", "add", "{}", "Ola", "2026-02-01", "", "v1")], {"v1": "x"}
    )
    other.assign("Ola", ["n2"], "2026-02-01")
    other.name_coder("Siri", "2026-02-01")
    here.append_codings([coding("e2")])
    first = here.merge(other, AT)
    assert (first.total, first.conflicts) == (8, ())
    assert {event.id for event in here.codings()} == {"e1", "e2"}
    assert here.finished() == {("Ola", "n1")}
    assert here.memos() == other.memos()
    assert here.decisions() == other.decisions()
    assert here.operations() == other.operations()
    assert here.codebook_text("v1") == "x"
    assert here.assignments() == {"Ola": ["n2"]}
    assert here.coders() == ["Kari", "Ola", "Siri"]
    again = here.merge(other, AT)
    assert (again.total, again.conflicts) == (0, ())


def test_a_dry_run_says_the_same_and_changes_nothing(here, other):
    other.append_codings([coding("e1")])
    said = here.merge(other, AT, dry_run=True)
    assert here.history() == []
    assert here.merge(other, AT) == said


def test_an_undo_made_on_one_machine_counts_on_the_other(here, other):
    here.append_codings([coding("e1")])
    other.merge(here, AT)
    other.append_codings([coding("e2", action="remove", at="2026-02-02")])
    here.append_codings([coding("e3", at="2026-02-03")])
    here.merge(other, AT)
    other.merge(here, AT)
    assert [event.id for event in here.codings()] == [event.id for event in other.codings()] == ["e3"]


def test_an_id_that_says_two_things_is_listed_and_both_are_kept(here, other):
    here.append_codings([coding("e1")])
    other.append_codings([coding("e1", code="arbeid")])
    for _ in range(2):
        report = here.merge(other, AT)
        assert Conflict("same_id", "e1") in report.conflicts
        assert sorted(event.code for event in here.codings()) == ["arbeid", "bolig"]
    other.merge(here, AT)
    here.merge(other, AT)
    assert sorted(event.code for event in other.codings()) == ["arbeid", "bolig"]
    assert len(here.history()) == len(other.history()) == 2


def test_names_that_differ_only_in_case_are_listed_and_kept_apart(here, other):
    here.append_codings([coding("e1", coder="Kari")])
    other.append_codings([coding("e2", coder="kari")])
    assert Conflict("coder_spelling", "Kari / kari") in here.merge(other, AT).conflicts
    assert here.coders() == ["Kari", "kari"]


def test_notes_that_only_the_other_has_are_kept_apart_until_the_source_has_them(here, other):
    other.put_notes([*NOTES, Note("n3", "s", "fritekst", TEXTS[0])], "2026-01-02")
    other.append_codings([coding("e1", note_id="n3"), coding("e2", note_id="n3", code="arbeid")])
    for _ in range(2):
        assert here.merge(other, AT).conflicts == (Conflict("unknown_note", "n3", 2),)
    assert [note.id for note in here.notes()] == ["n1", "n2"]
    assert [note.id for note in here.withdrawn_notes()] == ["n3"]
    here.put_notes([*NOTES, Note("n3", "s", "fritekst", TEXTS[0])], "2026-05-02")
    assert here.merge(other, AT).conflicts == ()
    assert len(here.codings()) == 2


def test_the_newest_text_counts_and_codings_on_the_other_are_listed(here, other):
    here.append_codings([coding("e1")])
    other.put_notes([replace(NOTES[0], text=TEXTS[1]), NOTES[1]], "2026-03-01")
    other.append_codings([coding("e2", words=TEXTS[1], coder="Ola")])
    report = here.merge(other, AT)
    assert report.new["note_versions"] == 1
    assert report.conflicts == (Conflict("stale", "n1"),)
    assert here.notes(["n1"])[0].text == TEXTS[1]
    assert [event.id for event in here.codings()] == ["e2"]
    assert [event.id for event in here.stale_codings()] == ["e1"]


def test_an_older_text_comes_in_as_history(here, other):
    other.append_codings([coding("e1", coder="Ola")])
    here.put_notes([replace(NOTES[0], text=TEXTS[1]), NOTES[1]], "2026-03-01")
    assert here.merge(other, AT).conflicts == (Conflict("stale", "n1"),)
    assert here.notes(["n1"])[0].text == TEXTS[1]
    assert len(note_versions(here, "n1")) == 2


def test_two_texts_of_the_same_moment_hold_alike_whichever_store_is_brought_into_the_other(here, other):
    for store, text in ((here, TEXTS[1]), (other, TEXTS[0] + "!")):
        store.put_notes([replace(NOTES[0], text=text), NOTES[1]], "2026-03-01")
    here.merge(other, AT)
    other.merge(here, AT)
    assert here.notes() == other.notes()


def test_codings_made_with_another_codebook_are_counted(here, other):
    here.append_codings([coding("e1", codebook_version="v1")])
    other.append_codings([coding("e2", code="x", codebook_version="v2"), coding("e3", codebook_version="v1")])
    assert here.merge(other, AT).conflicts == (Conflict("codebook_version", "v2"),)


MOMENTS = st.sampled_from(
    ["", "2026-02-01", "2026-02-01T10:00:00", "2026-02-01T10:00:00+02:00", "2026-02-02"]
)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["add", "remove", "memo", "finish", "unfinish", "decide", "assign", "text", "meet"]),
        st.sampled_from(["n1", "n2"]),
        st.sampled_from(["Kari", "Ola"]),
        st.sampled_from(["a", "b"]),
        MOMENTS,
    ),
    max_size=12,
)


def play(store: Store, partner: Store, acts, name: str) -> None:
    """Do the acts; ids are unique to the store but for those of files, which both may read."""
    for number, (act, note_id, coder, code, at) in enumerate(acts):
        words = store.notes([note_id])[0].text
        if act in ("add", "remove"):
            event_id = f"{name}{number}" if number % 3 else f"fil-{act}{note_id}{coder}{code}{at}"
            event = coding(event_id, code, coder, note_id=note_id, action=act, at=at, words=words)
            if event.id not in {known.id for known in store.history()}:
                store.append_codings([event])
        elif act == "memo":
            store.append_memos([Memo(f"m-{note_id}", f"note:{note_id}", f"{code}{number}", coder, at)])
        elif act == "finish":
            store.append_finished(coder, note_id, at)
        elif act == "unfinish":
            store.unfinish(coder, note_id, at)
        elif act == "decide":
            store.append_decisions([Decision(f"note:{note_id}", "chosen", f"{code}{number}", coder, at)])
        elif act == "assign":
            store.assign(coder, [note_id], at, code)
        elif act == "text":
            notes = {note.id: note for note in store.notes()}
            changed = replace(notes[note_id], text=f"Bolig {code}{number % 2}")
            store.put_notes((notes | {note_id: changed}).values(), at or "2026-01-09")
        else:
            store.merge(partner, AT)


def events(store: Store) -> tuple[set, ...]:
    """Return what has happened, without order or bookkeeping."""
    return (
        {astuple(event)[:1] for event in store.history()},
        {astuple(event) for event in store.memo_history()},
        {astuple(event) for event in every_decision(store)},
    )


def state(store: Store) -> tuple:
    """Return what holds, without order."""
    return (
        {event.id for event in store.codings()},
        {event.id for event in store.stale_codings()},
        {astuple(memo) for memo in store.memos()},
        store.finished(),
        store.decisions(),
        store.assignments(),
        {note.id: note.text for note in store.notes(include_withdrawn=True)},
    )


@settings(max_examples=25, deadline=None)
@given(ACTS, ACTS)
def test_whatever_two_people_did_merging_is_commutative_idempotent_and_loses_nothing(mine, theirs):
    with Store("sqlite://") as first, Store("sqlite://") as second:
        for store in (first, second):
            store.put_notes(NOTES, "2026-01-01")
        play(first, second, mine, "x")
        play(second, first, theirs, "y")
        before = [events(store) for store in (first, second)]
        with Store("sqlite://") as one, Store("sqlite://") as two:
            for store, order in ((one, (first, second)), (two, (second, first))):
                for part in order:
                    store.merge(part, AT)
            assert (state(one), events(one)) == (state(two), events(two))
        first.merge(second, AT)
        second.merge(first, AT)
        assert state(first) == state(second)
        assert events(first) == events(second)
        for of_store in before:
            assert all(old <= new for old, new in zip(of_store, events(first), strict=True))
        held = state(first)
        assert first.merge(second, AT).total == 0
        assert state(first) == held
