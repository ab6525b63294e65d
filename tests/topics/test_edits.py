"""What an analyst decided is found again by notes and words, and what is doubtful is said."""

import numpy as np
import pytest

from kafe.topics.edits import Decision, Edits, Mark, Seed, apply, mark
from kafe.topics.free import free_topics
from kafe.topics.grouping.split_topic import divide

IDS = [f"n{row}" for row in range(12)]
LABELS = np.repeat([0, 1, 2], 4)
POINTS = np.repeat(np.eye(3), 4, axis=0)
WORDS = [["bolig"]] * 4 + [["jobb"]] * 4 + [["skole"]] * 4
BOLIG, JOBB, SKOLE = (
    Mark(tuple(IDS[at : at + 4]), (word,)) for at, word in ((0, "bolig"), (4, "jobb"), (8, "skole"))
)


def carry_out(*decisions, ids=IDS, labels=LABELS, points=POINTS, words=WORDS):
    return apply(decisions, ids, labels, points, words)


def test_merged_topics_share_one_label_and_the_name():
    found = carry_out(Decision("b1", "merge", (BOLIG, SKOLE), "Hjem og skole"))
    assert found.labels.tolist() == [0] * 4 + [1] * 4 + [0] * 4
    assert found.names == {0: "Hjem og skole"}
    assert found.decisions[0] == ["b1"]
    assert not found.notices


def test_a_name_follows_its_topic_to_another_number():
    found = carry_out(Decision("b1", "rename", (BOLIG,), "Bolig først"), labels=np.repeat([2, 0, 1], 4))
    assert found.names == {2: "Bolig først"}


def test_the_parts_of_a_split_are_held_apart_and_new_notes_go_to_the_nearest():
    parts = (Mark(("n0", "n1")), Mark(("n2",)))
    points = POINTS.copy()
    points[2:4] += [0, 0.3, 0]
    found = carry_out(Decision("b1", "split", parts, names=("Leie", "Eie")), points=points)
    assert found.labels[0] == found.labels[1] != found.labels[2] == found.labels[3]
    assert sorted(found.names.values()) == ["Eie", "Leie"]
    assert len(set(found.labels.tolist())) == 4


def test_a_locked_topic_is_kept_whole_when_groups_come_out_otherwise():
    labels = np.array([0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2])
    found = carry_out(Decision("b1", "lock", (BOLIG,)), labels=labels)
    held = set(found.labels[:4].tolist())
    assert len(held) == 1 and held <= found.locked
    assert not held & set(found.labels[4:].tolist())


def test_a_topic_whose_notes_have_other_ids_is_found_by_its_words():
    found = carry_out(Decision("b1", "rename", (Mark(("x1", "x2"), ("skole",)),), "Skole"))
    assert found.names == {2: "Skole"}
    assert [notice.key for notice in found.notices] == ["doubtful"]


def test_a_decision_on_what_is_gone_is_not_carried_out_and_said():
    found = carry_out(Decision("b1", "rename", (Mark(("x1",), ("ambulanse",)),), "Akutt"))
    assert found.names == {}
    assert [(notice.key, notice.decision) for notice in found.notices] == [("not_found", "b1")]


def test_a_merge_with_one_topic_left_is_not_carried_out():
    found = carry_out(Decision("b1", "merge", (BOLIG, Mark(("x1",), ("ambulanse",)))))
    assert found.labels.tolist() == LABELS.tolist()
    assert [notice.key for notice in found.notices] == ["not_found"]


def test_a_topic_that_is_spread_is_doubtful():
    labels = np.array([0, 1, 2, 2, *[1] * 4, *[0] * 4])
    assert not carry_out(Decision("b1", "rename", (BOLIG,), "Bolig"), labels=labels).notices
    labels = np.array([0, 1, 2, 3, *[1] * 4, *[0] * 4])
    found = carry_out(Decision("b1", "rename", (BOLIG,), "Bolig"), labels=labels)
    assert [notice.key for notice in found.notices] == ["doubtful"]


def test_a_topic_that_has_doubled_is_worth_another_look():
    found = carry_out(Decision("b1", "rename", (Mark(("n0", "n1")),), "Bolig"))
    assert [(notice.key, dict(notice.about)) for notice in found.notices] == [
        ("grown", {"kind": "rename", "before": 2, "now": 4})
    ]


def test_decisions_hold_when_notes_are_added(themed):
    texts, lemmas, truth = themed(60)
    ids = [f"n{row:04}" for row in range(60)]
    first = free_topics(ids[:50], texts[:50], lemmas[:50], seed=1, n_topics=5)
    theme = {topic.id: truth[ids.index(topic.notes[0])] for topic in first.topics}
    marks = {theme[topic.id]: mark(first, topic.id) for topic in first.topics}
    edits = Edits(
        topics=5,
        decisions=(
            Decision("b1", "merge", (marks["skole"], marks["arbeid"]), "Skole og jobb"),
            Decision("b2", "rename", (marks["bolig"],), "Bolig først"),
        ),
    )
    again = free_topics(ids, texts, lemmas, seed=1, edits=edits)
    named = {topic.name: topic for topic in again.topics}
    assert len(again.topics) == 4
    assert named["Bolig først"].decisions == ("b2",)
    inside = [
        ids.index(note) for note, row in again.assignments.items() if row.topic == named["Skole og jobb"].id
    ]
    assert {truth[row] for row in inside} == {"skole", "arbeid"}
    assert not again.notices


def test_a_topic_that_is_not_there_cannot_be_marked(themed):
    texts, lemmas, _ = themed(3)
    with pytest.raises(KeyError):
        mark(free_topics(["a", "b", "c"], texts, lemmas), 0)


def test_given_topics_are_taken_out_first_and_guided_ones_named(themed):
    texts, lemmas, truth = themed(80)
    ids = [f"n{row:04}" for row in range(80)]
    edits = Edits(
        topics=4,
        seeds=(
            Seed(
                "Akutt hjelp", ("ambulanse sirene utrykning sykebil legevakt triage transport",), given=True
            ),
            Seed("Et sted å bo", (), ("bolig", "leie", "hybel", "husleie", "leilighet")),
        ),
    )
    found = free_topics(ids, texts, lemmas, seed=1, edits=edits)
    seeds = {topic.seed: topic for topic in found.topics if topic.seed}
    assert set(seeds) == {"Akutt hjelp", "Et sted å bo"}
    for name, theme in (("Akutt hjelp", "ambulanse"), ("Et sted å bo", "bolig")):
        own = [
            truth[ids.index(note)] for note, row in found.assignments.items() if row.topic == seeds[name].id
        ]
        assert own.count(theme) > 0.9 * len(own) > 0
        assert seeds[name].name == name


def test_a_topic_is_divided_by_what_its_notes_say(themed):
    texts, lemmas, truth = themed(60)
    rows = [row for row, theme in enumerate(truth) if theme in ("skole", "bolig")]
    found = divide([f"n{row:04}" for row in rows], [texts[r] for r in rows], [lemmas[r] for r in rows])
    assert len(found) == 2
    assert all(len({truth[int(note[1:])] for note in part.notes}) == 1 for part in found)
    assert divide([], []) == []
