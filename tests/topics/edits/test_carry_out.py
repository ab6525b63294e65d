"""What an analyst decided is found again by notes and words, and what is doubtful is said."""

import numpy as np

from kafe.topics import TopicInput, TopicOptions, free_topics
from kafe.topics.edits import Edits, TopicDecision, TopicMark
from kafe.topics.edits.carry_out import carry_out as carry_out_on
from kafe.topics.words.prepared import PreparedNotes

IDS = [f"n{row}" for row in range(12)]


LABELS = np.repeat([0, 1, 2], 4)


POINTS = np.repeat(np.eye(3), 4, axis=0)


WORDS = [["bolig"]] * 4 + [["jobb"]] * 4 + [["skole"]] * 4


BOLIG, JOBB, SKOLE = (
    TopicMark(tuple(IDS[at : at + 4]), (word,)) for at, word in ((0, "bolig"), (4, "jobb"), (8, "skole"))
)


def carry_out(*decisions, ids=IDS, labels=LABELS, points=POINTS, words=WORDS):
    rows = tuple(map(tuple, words))
    notes = PreparedNotes(tuple(ids), tuple(map(" ".join, words)), rows, rows, {}, {}, {})
    return carry_out_on(decisions, notes, labels, points)


def mark(result, topic):
    """Return what a decision on this topic of a result recognises it by later."""
    notes = [note for note, row in result.assignments.items() if row.topic == topic.id]
    return TopicMark(tuple(notes), topic.lemmas)


def test_merged_topics_share_one_label_and_the_name():
    found = carry_out(TopicDecision("b1", "merge", (BOLIG, SKOLE), "Hjem og skole"))
    assert found.labels.tolist() == [0] * 4 + [1] * 4 + [0] * 4
    assert found.names == {0: "Hjem og skole"}
    assert found.decisions[0] == ["b1"]
    assert not found.notices


def test_a_name_follows_its_topic_to_another_number():
    found = carry_out(TopicDecision("b1", "rename", (BOLIG,), "Bolig først"), labels=np.repeat([2, 0, 1], 4))
    assert found.names == {2: "Bolig først"}


def test_the_parts_of_a_split_are_held_apart_and_new_notes_go_to_the_nearest():
    parts = (TopicMark(("n0", "n1")), TopicMark(("n2",)))
    points = POINTS.copy()
    points[2:4] += [0, 0.3, 0]
    found = carry_out(TopicDecision("b1", "split", parts, names=("Leie", "Eie")), points=points)
    assert found.labels[0] == found.labels[1] != found.labels[2] == found.labels[3]
    assert sorted(found.names.values()) == ["Eie", "Leie"]
    assert len(set(found.labels.tolist())) == 4


def test_a_locked_topic_is_kept_whole_when_groups_come_out_otherwise():
    labels = np.array([0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2])
    found = carry_out(TopicDecision("b1", "lock", (BOLIG,)), labels=labels)
    held = set(found.labels[:4].tolist())
    assert len(held) == 1 and held <= found.locked
    assert not held & set(found.labels[4:].tolist())


def test_a_topic_whose_notes_have_other_ids_is_found_by_its_words():
    found = carry_out(TopicDecision("b1", "rename", (TopicMark(("x1", "x2"), ("skole",)),), "Skole"))
    assert found.names == {2: "Skole"}
    assert [notice.key for notice in found.notices] == ["doubtful"]


def test_a_decision_on_what_is_gone_is_not_carried_out_and_said():
    found = carry_out(TopicDecision("b1", "rename", (TopicMark(("x1",), ("ambulanse",)),), "Akutt"))
    assert found.names == {}
    assert [(notice.key, notice.decision) for notice in found.notices] == [("not_found", "b1")]


def test_a_merge_with_one_topic_left_is_not_carried_out():
    found = carry_out(TopicDecision("b1", "merge", (BOLIG, TopicMark(("x1",), ("ambulanse",)))))
    assert found.labels.tolist() == LABELS.tolist()
    assert [notice.key for notice in found.notices] == ["not_found"]


def test_a_topic_that_is_spread_is_doubtful():
    labels = np.array([0, 1, 2, 2, *[1] * 4, *[0] * 4])
    assert not carry_out(TopicDecision("b1", "rename", (BOLIG,), "Bolig"), labels=labels).notices
    labels = np.array([0, 1, 2, 3, *[1] * 4, *[0] * 4])
    found = carry_out(TopicDecision("b1", "rename", (BOLIG,), "Bolig"), labels=labels)
    assert [notice.key for notice in found.notices] == ["doubtful"]


def test_a_topic_that_has_doubled_is_worth_another_look():
    found = carry_out(TopicDecision("b1", "rename", (TopicMark(("n0", "n1")),), "Bolig"))
    assert [(notice.key, dict(notice.about)) for notice in found.notices] == [
        ("grown", {"kind": "rename", "before": 2, "now": 4})
    ]


def test_decisions_hold_when_notes_are_added(themed):
    texts, lemmas, truth = themed(60)
    ids = [f"n{row:04}" for row in range(60)]
    first = free_topics(
        TopicInput(ids[:50], texts[:50], lemmas[:50]), options=TopicOptions(n_topics=5, seed=1)
    )
    theme = {topic.id: truth[ids.index(topic.notes[0])] for topic in first.topics}
    marks = {theme[topic.id]: mark(first, topic) for topic in first.topics}
    edits = Edits(
        topics=5,
        decisions=(
            TopicDecision("b1", "merge", (marks["skole"], marks["arbeid"]), "Skole og jobb"),
            TopicDecision("b2", "rename", (marks["bolig"],), "Bolig først"),
        ),
    )
    again = free_topics(TopicInput(ids, texts, lemmas), options=TopicOptions(seed=1), edits=edits)
    named = {topic.name: topic for topic in again.topics}
    assert len(again.topics) == 4
    assert named["Bolig først"].decisions == ("b2",)
    inside = [
        ids.index(note) for note, row in again.assignments.items() if row.topic == named["Skole og jobb"].id
    ]
    assert {truth[row] for row in inside} == {"skole", "arbeid"}
    assert not again.notices
