"""Two meetings over the same topics: shared, one-sided, other words for one thing."""

import pytest

from kafe.topics.compare import compare
from kafe.topics.inputs import TopicInput
from kafe.topics.records import Assignment, Topic, TopicResult

USERS = {f"u{row:02}": "hybel leie" if row < 20 else "angst natt" for row in range(40)}
STAFF = {f"s{row:02}": "bolig leie" if row < 38 else "angst natt" for row in range(40)}
TEXTS = {
    note: f"{text} {note[0]}{'abcdefghij'[int(note[1:]) % 10]}{note[1]}"
    for note, text in (USERS | STAFF).items()
}


def divided(topic_of):
    topics = tuple(Topic(number, name, (), 0, 1, 0, ()) for number, name in enumerate(("hjem", "angst")))
    return TopicResult("clear", 2, topics, {note: Assignment(note, topic_of(note)) for note in TEXTS})


FOUND = divided(lambda note: int("angst" in TEXTS[note]))


def compared(result):
    return compare(TopicInput([*TEXTS], [*TEXTS.values()]), USERS.keys(), STAFF.keys(), result)


def test_a_topic_that_both_raise_is_shared_with_each_sides_own_words():
    home = compared(FOUND)[0]
    assert (home.verdict, home.left, home.right) == ("shared", 20, 38)
    assert (home.left_share, home.right_share) == (0.5, 0.95)
    assert "hybel" in home.only_left[0] and "bolig" in home.only_right[0]
    assert "leie" not in home.only_left + home.only_right


def test_a_topic_raised_ten_times_as_often_by_users_is_theirs():
    angst = compared(FOUND)[1]
    assert (angst.verdict, angst.left, angst.right) == ("left", 20, 2)
    assert angst.p < 0.001
    assert set(angst.left_notes) < set(USERS)


def test_nothing_is_said_of_a_topic_with_few_notes():
    rare = divided(lambda note: int(note in ("u00", "u01")))
    assert compared(rare)[1].verdict == "few"


def test_a_note_stands_on_one_side():
    with pytest.raises(ValueError, match="1 notes"):
        compare(TopicInput(["a"], ["bolig"]), ["a"], ["a"], FOUND)


def test_a_difference_that_one_table_makes_is_not_said_of_its_meeting():
    tables = [f"{note[0]}{int(note[1:]) // 20}" for note in TEXTS]
    rows = compare(TopicInput([*TEXTS], [*TEXTS.values()], places=tables), USERS.keys(), STAFF.keys(), FOUND)
    assert rows[1].left_share >= 3 * rows[1].right_share
    assert rows[1].p > 0.05
    assert rows[1].verdict == "few"


def test_a_topic_that_one_side_hardly_has_is_not_called_shared():
    few = divided(
        lambda note: int((note[0] == "u" and int(note[1:]) < 8) or note in ("s00", "s01", "s02", "s03"))
    )
    assert compared(few)[1].verdict != "shared"
