"""Codings in files become events in the store: what is gone is taken away, never deleted."""

from dataclasses import replace
from pathlib import Path

import pytest

from kafe.codings.sync import sync_codings
from kafe.origins import FROM_FILE, imported, recoded, within_import
from kafe.records import Coding, Note, text_hash
from kafe.store.store import Store

TEXT = "Bolig først, så behandling"
NOTE = Note("n1", "kafe-1", "kafedialog", TEXT)


def coding(code: str, coder: str = "anna") -> Coding:
    return Coding(
        id=f"{coder}-{code}",
        note_id="n1",
        start=0,
        end=5,
        quote="Bolig",
        text_hash=text_hash(TEXT),
        code=code,
        coder=coder,
        at="2025-06-01T12:00:00",
        origin=FROM_FILE,
    )


@pytest.fixture
def store(tmp_path: Path):
    with Store(f"sqlite:///{tmp_path / 'kafe.sqlite'}") as opened:
        opened.put_notes([NOTE], at="2025-06-01T00:00:00")
        yield opened


def standing(store: Store) -> set[str]:
    return {f"{one.coder}-{one.code}" for one in store.codings()}


def test_rows_added_removed_and_added_again_are_followed_and_history_only_grows(store: Store) -> None:
    files = [
        [coding("bolig")],
        [coding("bolig"), coding("arbeid")],
        [coding("arbeid")],
        [coding("bolig"), coding("arbeid")],
        [],
        [coding("bolig")],
    ]
    history: list[Coding] = []
    for day, wanted in enumerate(files, 1):
        sync_codings(store, wanted, at=f"2025-07-0{day}T00:00:00")
        assert standing(store) == {one.id for one in wanted}
        assert store.history()[: len(history)] == history
        history = store.history()
    assert [(event.code, event.action) for event in history] == [
        ("bolig", "add"),
        ("arbeid", "add"),
        ("bolig", "remove"),
        ("bolig", "add"),
        ("arbeid", "remove"),
        ("bolig", "remove"),
        ("bolig", "add"),
    ]


def test_the_same_file_read_again_adds_nothing(store: Store) -> None:
    for day in (1, 2, 3):
        sync_codings(store, [coding("bolig"), coding("bolig", "berit")], at=f"2025-07-0{day}T00:00:00")
    assert len(store.history()) == 2


def test_codings_made_elsewhere_are_left_alone(store: Store) -> None:
    by_hand = replace(coding("arbeid"), origin="")
    store.append_codings([by_hand])
    sync_codings(store, [coding("bolig")], at="2025-07-01T00:00:00")
    sync_codings(store, [], at="2025-07-02T00:00:00")
    assert store.codings() == [by_hand]


def event(store: Store, action: str, origin: str, at: str) -> None:
    store.append_codings(
        [replace(coding("bolig"), id=f"{action}-{at}", at=at, action=action, origin=origin)]  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("origin", ["workbench", "refused:rule:x", "consensus:anna-bolig"])
def test_what_a_person_removed_does_not_come_back_from_its_row(store: Store, origin: str) -> None:
    wanted = [coding("bolig")]
    sync_codings(store, wanted, at="2025-07-01T00:00:00")
    event(store, "remove", origin, "2025-07-02T00:00:00")
    for day in (3, 4):
        sync_codings(store, wanted, at=f"2025-07-0{day}T00:00:00")
        assert standing(store) == set()
    assert len(store.history()) == 2
    event(store, "add", "workbench", "2025-07-05T00:00:00")
    sync_codings(store, [], at="2025-07-06T00:00:00")
    assert standing(store) == {"anna-bolig"}


def test_a_refusal_that_was_taken_back_does_not_keep_a_row_away(store: Store) -> None:
    event(store, "remove", "refused:rule:x", "2025-07-01T00:00:00")
    sync_codings(store, [coding("bolig")], at="2025-07-02T00:00:00")
    assert standing(store) == set()
    event(store, "remove", "reopened:rule:x", "2025-07-03T00:00:00")
    sync_codings(store, [coding("bolig")], at="2025-07-04T00:00:00")
    assert standing(store) == {"anna-bolig"}


def test_a_removal_holds_though_a_suggestion_at_the_same_place_was_refused_and_opened_again(
    store: Store,
) -> None:
    sync_codings(store, [coding("bolig")], at="2025-07-01T00:00:00")
    for day, origin in enumerate(("workbench", "refused:rule:x", "reopened:rule:x"), 2):
        event(store, "remove", origin, f"2025-07-0{day}T00:00:00")
    sync_codings(store, [coding("bolig")], at="2025-07-09T00:00:00")
    assert standing(store) == set()


def test_a_coding_on_an_earlier_text_is_not_taken_for_the_new_one(store: Store) -> None:
    sync_codings(store, [coding("bolig")], at="2025-07-01T00:00:00")
    new = replace(NOTE, text="Bolig først, så arbeid")
    store.put_notes([new], at="2025-07-02T00:00:00")
    again = replace(coding("bolig"), id="ny", text_hash=text_hash(new.text))
    sync_codings(store, [again], at="2025-07-02T00:00:00")
    assert [one.text_hash for one in store.codings()] == [text_hash(new.text)]


def test_codings_of_a_withdrawn_note_stand_though_their_rows_can_no_longer_be_read(store: Store) -> None:
    sync_codings(store, [coding("bolig")], at="2025-07-01T00:00:00")
    store.put_notes([], at="2025-07-02T00:00:00")
    sync_codings(store, [], at="2025-07-02T00:00:00")
    assert standing(store) == {"anna-bolig"}


@pytest.mark.parametrize(
    ("origin", "stays"),
    [
        (FROM_FILE, False),
        (recoded("o1", FROM_FILE), False),
        (within_import(imported("ab" * 32), FROM_FILE), True),
        (recoded("o1", within_import(imported("ab" * 32), FROM_FILE)), True),
        (within_import(imported("ab" * 32), ""), True),
    ],
)
def test_what_an_import_brought_stays_although_no_file_here_has_it(
    store: Store, origin: str, stays: bool
) -> None:
    before = store.revision(FROM_FILE)
    store.append_codings([replace(coding("bolig"), origin=origin)])
    assert (store.revision(FROM_FILE) != before) is stays
    sync_codings(store, [], at="2025-07-01T00:00:00")
    assert standing(store) == ({"anna-bolig"} if stays else set())
