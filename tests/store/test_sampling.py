"""The draw of notes that everyone codes, and of the rest."""

from collections import Counter

import pytest

from kafe.records import KafeError, Note
from kafe.store.sampling import read_share, share_out


def notes() -> list[Note]:
    sizes = {("a", "x"): 50, ("a", "y"): 30, ("b", "x"): 20}
    return [
        Note(f"{session}{question}{number}", session, "fritekst", "tekst", question=question)
        for (session, question), size in sizes.items()
        for number in range(size)
    ]


@pytest.mark.parametrize("share", [0, 0.1, 0.2, 0.33, 1])
def test_every_note_is_given_out_once_or_to_everyone(share):
    given = share_out(notes(), ["kari", "ola", "siri"], share, seed=3)
    held = Counter(note_id for ids in given.values() for note_id in ids)
    assert set(held) == {note.id for note in notes()}
    assert set(held.values()) <= {1, 3}
    assert abs(sum(count == 3 for count in held.values()) - share * 100) <= 1
    sizes = [len(ids) for ids in given.values()]
    assert max(sizes) - min(sizes) <= 1


def test_both_parts_follow_the_make_up_of_the_material():
    given = share_out(notes(), ["kari", "ola"], 0.2, seed=3)
    double = set(given["kari"]) & set(given["ola"])
    assert Counter(note_id[:2] for note_id in double) == {"ax": 10, "ay": 6, "bx": 4}
    alone = Counter(note_id[:2] for note_id in given["kari"] if note_id not in double)
    assert all(abs(alone[part] - expected) <= 1 for part, expected in {"ax": 20, "ay": 12, "bx": 8}.items())


def test_the_draw_does_not_depend_on_the_order_of_notes_but_on_the_seed():
    once = share_out(notes(), ["kari", "ola"], 0.2, seed=3)
    assert share_out(notes()[::-1], ["kari", "ola"], 0.2, seed=3) == once
    assert share_out(notes(), ["kari", "ola"], 0.2, seed=4) != once


def test_double_coded_notes_are_spread_through_what_a_coder_gets():
    given = share_out(notes(), ["kari", "ola"], 0.2, seed=3)
    double = set(given["kari"]) & set(given["ola"])
    places = [place for place, note_id in enumerate(given["kari"]) if note_id in double]
    assert places[0] < 10
    assert places[-1] > len(given["kari"]) - 10


@pytest.mark.parametrize(("text", "share"), [("20%", 0.2), ("20 %", 0.2), ("0,2", 0.2), ("1", 1), ("0", 0)])
def test_a_share_is_written_as_per_cent_or_number(text, share):
    assert read_share(text) == share


@pytest.mark.parametrize("text", ["", "mye", "120%", "-1", "20"])
def test_what_is_not_a_share_is_refused(text):
    with pytest.raises(KafeError, match="ikke en andel"):
        read_share(text)
