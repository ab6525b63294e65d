"""Commands are answered, never raised, stored once, and undone as far as the session reaches."""

import pytest
from coder_at_work import OTHER, TEXT, Bench, standing

from kafe.records import KafeError, text_hash
from kafe.workbench.command_session import coder_name


def test_a_command_sent_twice_is_stored_once_also_by_another_session(bench, store):
    command = {"id": "a", "do": "code", "note": "n2", "hash": text_hash(OTHER), "start": 0, "end": 4}
    command |= {"quote": "Noko", "code": "bolig"}
    first = bench.session.handle(command)
    assert bench.session.handle(command) == first
    assert Bench(store).session.handle(command)["ok"]
    assert len(store.history()) == 1


@pytest.mark.parametrize("command", [{}, {"do": "tull"}, {"do": "code"}, {"do": "notes", "ids": ["nei"]}])
def test_a_malformed_command_is_answered_and_not_raised(bench, command):
    answer = bench.session.handle(command)
    assert not answer["ok"]
    assert answer["message"]


def test_undo_and_redo_reach_as_far_as_the_session(bench, store):
    quotes = [TEXT[:size] for size in range(1, 40)]
    for quote in quotes:
        assert bench.code("bolig", quote)["ok"]
    for left in reversed(range(len(quotes))):
        assert bench("undo")["ok"]
        assert len(standing(store)) == left
    assert bench("undo")["said"] == "Det er ingenting å angre"
    for done in range(len(quotes)):
        assert bench("redo")["ok"]
        assert len(standing(store)) == done + 1
    assert len(store.history()) == 3 * len(quotes)


def test_a_new_act_forgets_what_was_undone(bench):
    bench.code("bolig")
    bench("undo")
    bench.code("samarbeid")
    assert bench("redo")["said"] == "Det er ingenting å gjøre om igjen"


@pytest.mark.parametrize("name", ["", " ", "rule:1", "Model", "Konsensus", "a" * 41, "<b>", "a\x00b", "../x"])
def test_what_cannot_be_a_persons_name_is_refused(name):
    with pytest.raises(KafeError):
        coder_name(name)
