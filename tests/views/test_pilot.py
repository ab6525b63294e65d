"""What a page says of a proposal is no more than people have read."""

from types import SimpleNamespace

from kafe.pilot.traceability import STATES
from kafe.records import Note
from kafe.views.pilot import proposal_rows, proposal_words


def results(count: int) -> SimpleNamespace:
    notes = {f"n{i}": Note(f"n{i}", "k", "kafedialog", "x", group="g", table="1") for i in range(count)}
    return SimpleNamespace(by_id=notes)


def row(unread: int, **read: list[str]):
    ids = {f"{key}_ids": read.get(key, []) for key in STATES}
    used = {one for found in read.values() for one in found}
    left = [f"n{i}" for i in range(unread + len(used)) if f"n{i}" not in used]
    return {**ids, "unread_ids": left, "text": "T", "element_title": "E", "status": "utkast"}


def test_notes_on_the_theme_that_nobody_read_are_never_called_support():
    said = proposal_words(results(26), row(26))
    assert said == "26 innspill om samme tema, ingen lest mot forslaget"
    assert "støtter" not in said


def test_support_and_opposition_stand_beside_each_other_and_the_unread_after():
    said = proposal_words(results(26), row(15, supports=[f"n{i}" for i in range(9)], against=["n9", "n10"]))
    assert said == "9 støtter, 2 imot; 15 om samme tema, ikke lest"


def test_opposition_alone_is_said_with_no_support():
    assert proposal_words(results(1), row(0, against=["n0"])) == "0 støtter, 1 imot"


def test_a_note_read_differently_is_not_counted_as_support():
    assert proposal_words(results(1), row(0, disputed=["n0"])) == "0 støtter, 0 imot, 1 lest ulikt"


def test_a_proposal_that_nobody_has_read_notes_against_has_no_numbers_of_support():
    given = results(3)
    given.tables = SimpleNamespace(pilot=SimpleNamespace(trace=[row(3)]))
    [shown] = proposal_rows(given)
    assert [shown[key] for key in ("supports", "against", "others", "votes")] == [None] * 4
    assert shown["unread"] == 3
