"""Notes are found by search, filter and status, and ordered by what the model doubts."""

from coder_at_work import RULE, Bench, note
from hypothesis import given
from hypothesis import strategies as st

from kafe.records import Suggestion
from kafe.workbench.note_filter import CoderProgress, NoteFilter, fold, select


def test_notes_are_found_by_search_filter_status_and_uncertainty(bench, store):
    assert bench("find")["ids"] == ["n1", "n2", "n3"]
    assert bench("find", query={"search": "AERLIG oya"})["ids"] == ["n1"]
    assert bench("find", query={"session": "s2"})["ids"] == ["n3"]
    assert bench("find", query={"group": "bruker"})["ids"] == ["n1"]
    assert bench("find", query={"status": "suggested"})["ids"] == ["n1"]
    assert bench("find", query={"order": "uncertain"})["ids"][0] == "n1"
    bench.code("bolig", note_id="n2", quote="Noko")
    bench("finish", note="n3")
    assert bench("find", query={"status": "uncoded"})["ids"] == ["n1", "n3"]
    assert bench("find", query={"status": "unfinished"})["ids"] == ["n1", "n2"]
    assert bench("find", query={"status": "finished"})["ids"] == ["n3"]
    assert not bench("find", query={"status": "tull"})["ok"]
    store.assign("ola", ["n3", "n1"], at="2025-01-01")
    ola = Bench(store, "ola")
    assert ola("open")["assigned"]
    assert ola("find", query={"status": "assigned"})["ids"] == ["n3", "n1"]


def test_the_least_sure_suggestions_come_first():
    notes = [note(f"n{n}", "x") for n in range(4)]
    scores = {"n1": [0.9], "n2": [0.99, 0.48], "n3": [0.7]}
    open_ones = {
        key: [Suggestion(key, 0, 1, "a", RULE, "", score) for score in own] for key, own in scores.items()
    }
    progress = CoderProgress(set(), set(), {}, open_ones)
    folded = dict.fromkeys(("n0", *scores), "x")
    assert select(notes, folded, NoteFilter(order="uncertain"), progress) == ["n2", "n3", "n1", "n0"]


@given(st.text(), st.text())
def test_folding_a_part_gives_a_part_of_the_folded_unless_a_pair_is_cut(before, part):
    assert fold(part) in fold(f"{before} {part} x")
