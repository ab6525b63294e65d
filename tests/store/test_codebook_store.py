"""The codebook's history."""

from dataclasses import replace

import pytest

from kafe.records import CodebookOperation, KafeError, Note

OPERATION = CodebookOperation("o1", "rename", '{"code": "a"}', "Kari", "2026-01-01", "v1", "v2")


@pytest.fixture(autouse=True)
def stored_notes(store):
    notes = [Note(f"n{number}", "s", "fritekst", "Bolig først") for number in (1, 2, 3)]
    store.put_notes(notes, "2026-01-01")


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
