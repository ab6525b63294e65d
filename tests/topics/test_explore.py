"""Other numbers of topics in a moment: the same groups as the recipe, whole topics joined, proxies by hand."""

import random
import time

import numpy as np
import pytest

from kafe.topics import Explorer, TopicInput, TopicOptions, explore, free_topics


@pytest.fixture
def explorer(themed):
    texts, lemmas, _ = themed(60)
    return Explorer(TopicInput([f"n{row:03}" for row in range(60)], texts, lemmas), seed=1)


def test_too_few_notes_leave_nothing_to_explore(themed):
    texts, lemmas, _ = themed(14)
    small = Explorer(TopicInput([f"n{row:03}" for row in range(14)], texts, lemmas))
    assert list(small.numbers) == []
    with pytest.raises(ValueError, match="not among"):
        small.at(2)


def test_five_notes_a_topic_is_the_finest(explorer):
    assert list(explorer.numbers) == list(range(2, 13))


def test_groups_and_words_are_those_of_the_recipe(themed, explorer):
    texts, lemmas, _ = themed(60)
    ids = [f"n{row:03}" for row in range(60)]
    found = free_topics(TopicInput(ids, texts, lemmas), options=TopicOptions(n_topics=5, seed=1))
    seen = explorer.at(5)
    assert [row["size"] for row in seen.topics] == [topic.size for topic in found.topics]
    assert [row["words"] for row in seen.topics] == [[word for word, _ in t.words] for t in found.topics]
    assert [row["stability"] for row in seen.topics] == [topic.stability for topic in found.topics]


def test_every_note_is_in_one_group_whatever_the_number(explorer):
    for k in explorer.numbers:
        for nested in (False, True):
            sizes = [row["size"] for row in explorer.at(k, nested=nested).topics]
            assert sum(sizes) == 60
            assert sizes == sorted(sizes, reverse=True)
            assert len(sizes) == k


def test_joined_topics_are_whole_topics_put_together(explorer):
    fine, coarse = (explorer._joined(k) for k in (9, 4))
    assert all(len(set(coarse[fine == label].tolist())) == 1 for label in np.unique(fine))


def test_the_order_of_the_notes_makes_no_difference(themed, explorer):
    texts, lemmas, _ = themed(60)
    order = random.Random(7).sample(range(60), 60)
    mixed = Explorer(
        TopicInput(
            [f"n{row:03}" for row in order], [texts[row] for row in order], [lemmas[row] for row in order]
        ),
        seed=1,
    )
    assert mixed.at(6) == explorer.at(6)


def test_the_same_question_is_answered_from_memory(explorer, monkeypatch):
    first = explorer.at(4)
    monkeypatch.setattr(explore, "words_of", None)
    assert explorer.at(4) is first


def test_a_curve_has_a_row_for_each_number(explorer):
    rows = explorer.curve([2, 5])
    assert [row["k"] for row in rows] == [2, 5]
    assert rows[1] == {"k": 5, **explorer.at(5).quality}
    assert all(0 <= row["stability"] <= 1 for row in rows)


def test_two_thousand_notes_are_regrouped_in_under_a_second(themed):
    texts, lemmas, _ = themed(2000)
    marked = [f"{text} {row}" for row, text in enumerate(texts)]
    explorer = Explorer(TopicInput([f"n{row:05}" for row in range(2000)], marked, lemmas))
    started = time.process_time()
    explorer.at(12)
    explorer.at(13, nested=True)
    assert time.process_time() - started < 2
