"""Memos, changes of the codebook, assignments and coders' names: appended once, the latest holds."""

from dataclasses import replace

import pytest

from kafe.records import CodebookOperation, KafeError, Memo, Note
from kafe.store.names import spelling_conflicts

MEMO = Memo("m1", "note:n1", "Her er det noe 🙂", "Kari", "2026-01-01T10:00:00.000001")
OPERATION = CodebookOperation("o1", "rename", '{"code": "a"}', "Kari", "2026-01-01", "v1", "v2")


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


def test_changes_of_the_codebook_come_back_in_order_with_the_texts_of_its_versions(store):
    later = replace(OPERATION, id="o2", kind="merge", before="v2", after="v3")
    assert store.append_operations([OPERATION], {"v1": "koder: []", "v2": "koder: [a]"}) == 1
    assert store.append_operations([OPERATION, later], {"v2": "koder: [a]", "v3": "koder: [b]"}) == 1
    assert store.operations() == [OPERATION, later]
    assert [store.codebook_text(version) for version in ("v1", "v3", "v9")] == [
        "koder: []",
        "koder: [b]",
        None,
    ]


def test_a_version_written_in_another_way_gives_the_last_text(store):
    store.append_operations([], {"v1": "koder: []"})
    store.append_operations([], {"v1": "# ny merknad\nkoder: []"})
    assert store.codebook_text("v1") == "# ny merknad\nkoder: []"


def test_an_operations_id_cannot_be_used_for_something_else(store):
    store.append_operations([OPERATION])
    with pytest.raises(KafeError, match="«o1»"):
        store.append_operations([replace(OPERATION, kind="merge")])


def test_notes_are_given_to_coders_in_order_and_the_same_label_again_replaces(store):
    store.assign("Kari", ["n3", "n1"], "2026-01-01", "runde 1")
    store.assign("Kari", ["n2", "n1"], "2026-01-02", "runde 2")
    store.assign("Ola", ["n2"], "2026-01-02", "runde 2")
    assert store.assignments() == {"Kari": ["n3", "n1", "n2"], "Ola": ["n2"]}
    assert store.assignments("runde 2") == {"Kari": ["n2", "n1"], "Ola": ["n2"]}
    store.assign("Kari", ["n2"], "2026-01-03", "runde 1")
    store.assign("Ola", [], "2026-01-03", "runde 2")
    assert store.assignments() == {"Kari": ["n2", "n1"]}


def test_a_note_that_does_not_exist_cannot_be_given_to_anyone(store):
    with pytest.raises(KafeError, match="«n9»"):
        store.assign_all({"Kari": ["n1"], "Ola": ["n9"]}, "2026-01-01")
    assert store.assignments() == {}


def test_a_coder_is_named_once_whatever_the_spelling(store):
    assert store.name_coder("  Kari  Nordmann ", "2026-01-01") == "Kari Nordmann"
    assert store.name_coder("KARI nordmann", "2026-01-02") == "Kari Nordmann"
    store.append_finished("Øystein", "n1", "2026-01-01")
    assert store.name_coder("øystein", "2026-01-02") == "Øystein"
    assert store.coders() == ["Kari Nordmann", "Øystein"]
    with pytest.raises(KafeError, match="navn"):
        store.name_coder(" \n", "2026-01-01")


def test_names_that_differ_only_in_case_spaces_or_form_are_found():
    names = ["Kari", "kari", "KARI ", "Ola", "Åse", "A\u030ase", "Kåre"]
    assert spelling_conflicts(names) == [("A\u030ase", "Åse"), ("KARI ", "Kari", "kari")]


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
