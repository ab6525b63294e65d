"""One person, one spelling."""

import pytest

from kafe.records import Note
from kafe.store.names import spelling_conflicts


@pytest.fixture(autouse=True)
def stored_notes(store):
    notes = [Note(f"n{number}", "s", "fritekst", "Bolig først") for number in (1, 2, 3)]
    store.put_notes(notes, "2026-01-01")


def test_names_that_differ_only_in_case_spaces_or_form_are_found():
    names = ["Kari", "kari", "KARI ", "Ola", "Åse", "A\u030ase", "Kåre"]
    assert spelling_conflicts(names) == [("A\u030ase", "Åse"), ("KARI ", "Kari", "kari")]
