"""The next notes to code are unsure and unlike each other; the workbench follows that order."""

import numpy as np
import pytest

from kafe.records import Note, Suggestion
from kafe.suggestions.order import doubt, next_notes, typical
from kafe.workbench.material import merge_suggestions
from kafe.workbench.note_filter import CoderProgress, NoteFilter, select

rng = np.random.default_rng(3)
MIDDLES = np.eye(6) * 10
CLOUD = np.vstack([middle + rng.normal(scale=0.3, size=(20, 6)) for middle in MIDDLES])
IDS = [f"n{number:03}" for number in range(len(CLOUD))]
KIND = {note_id: number // 20 for number, note_id in enumerate(IDS)}


def test_before_there_is_a_model_each_kind_of_note_is_met_early() -> None:
    first = next_notes(IDS, CLOUD, seed=1, batch=6)[:6]
    assert {KIND[note_id] for note_id in first} == set(range(6))


def test_unsure_notes_come_before_sure_ones_and_are_spread() -> None:
    doubts = [1.0 if KIND[note_id] in (2, 4) else 0.0 for note_id in IDS]
    first = next_notes(IDS, CLOUD, doubts, seed=1, batch=4)[:4]
    assert {KIND[note_id] for note_id in first} == {2, 4}


def test_every_note_comes_once_whatever_order_they_are_given_in() -> None:
    doubts = rng.random(len(IDS))
    turned = np.argsort(rng.random(len(IDS)))
    one = next_notes(IDS, CLOUD, doubts.tolist(), seed=1, first=50)
    other = next_notes([IDS[at] for at in turned], CLOUD[turned], doubts[turned].tolist(), seed=1, first=50)
    assert one == other
    assert sorted(one) == IDS


@pytest.mark.parametrize("count", [0, 1, 3])
def test_few_or_equal_notes_can_be_ordered(count: int) -> None:
    assert sorted(next_notes(IDS[:count], np.zeros((count, 2)), seed=1)) == IDS[:count]
    assert len(next_notes(IDS[:15], np.ones((15, 2)), [0.5] * 15, seed=1)) == 15


def test_the_typical_row_of_a_cluster_is_the_one_in_its_middle() -> None:
    rows = np.array([[0.0, 0.0], [0.2, 0.0], [-0.2, 0.0], [9.0, 9.0], [9.3, 9.0], [8.7, 9.0]])
    assert sorted(typical(rows, 2, seed=1)) == [0, 3]


def test_doubt_is_greatest_where_two_codes_fit_equally() -> None:
    assert doubt(np.array([[0.6, 0.6, 0.0], [0.9, 0.1, 0.0]])).tolist() == pytest.approx([0.0, -0.8])
    assert doubt(np.array([[0.5], [0.9]])).tolist() == pytest.approx([0.0, -0.4])


def test_the_workbench_goes_by_the_models_order_what_is_finished_last() -> None:
    notes = [Note(note_id, "s", "fritekst", note_id) for note_id in ("a", "b", "c", "d")]
    folded = {note.id: note.text for note in notes}
    progress = CoderProgress(set(), {"c"}, {}, {}, turn={"c": 0, "b": 1, "a": 2})
    assert select(notes, folded, NoteFilter(order="uncertain"), progress) == ["b", "a", "d", "c"]
    assert select(notes, folded, NoteFilter(), progress) == ["a", "b", "c", "d"]


def test_what_rule_and_model_suggest_alike_is_shown_once_with_both_reasons() -> None:
    rule = Suggestion("a", 0, 4, "bolig", "rule:1", "Treff på «hus».")
    model = Suggestion("a", 0, 4, "bolig", "model:2", "Ord som teller: «hus».", 0.6)
    alone = Suggestion("a", 0, 4, "vakt", "model:2", "Ord som teller: «natt».", 0.7)
    found = merge_suggestions([model, rule, alone])["a"]
    assert [(one.code, one.source, one.score) for one in found] == [
        ("vakt", "model:2", 0.7),
        ("bolig", "rule:1", 0.6),
    ]
    assert found[1].reason == "Treff på «hus». Ord som teller: «hus»."
