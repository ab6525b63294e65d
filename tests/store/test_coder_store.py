"""Who codes what, and how a coder is spelled."""

import pytest

from kafe.records import KafeError, Note


@pytest.fixture(autouse=True)
def stored_notes(store):
    notes = [Note(f"n{number}", "s", "fritekst", "Bolig først") for number in (1, 2, 3)]
    store.put_notes(notes, "2026-01-01")


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
