"""A topic in parts."""

from kafe.topics import TopicInput
from kafe.topics.edits.split_topic import split_topic


def test_a_topic_is_divided_by_what_its_notes_say(themed):
    texts, lemmas, truth = themed(60)
    rows = [row for row, theme in enumerate(truth) if theme in ("skole", "bolig")]
    found = split_topic(
        TopicInput([f"n{row:04}" for row in rows], [texts[r] for r in rows], [lemmas[r] for r in rows])
    )
    assert len(found) == 2
    assert all(len({truth[int(note[1:])] for note in part.notes}) == 1 for part in found)
    assert split_topic(TopicInput([], [])) == []
