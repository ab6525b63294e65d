"""Topics that an analyst starts."""

from kafe.topics import TopicInput, TopicOptions, free_topics
from kafe.topics.edits import Edits, TopicSeed


def test_given_topics_are_taken_out_first_and_guided_ones_named(themed):
    texts, lemmas, truth = themed(80)
    ids = [f"n{row:04}" for row in range(80)]
    edits = Edits(
        topics=4,
        seeds=(
            TopicSeed(
                "Akutt hjelp", ("ambulanse sirene utrykning sykebil legevakt triage transport",), given=True
            ),
            TopicSeed("Et sted å bo", (), ("bolig", "leie", "hybel", "husleie", "leilighet")),
        ),
    )
    found = free_topics(TopicInput(ids, texts, lemmas), options=TopicOptions(seed=1), edits=edits)
    seeds = {topic.seed: topic for topic in found.topics if topic.seed}
    assert set(seeds) == {"Akutt hjelp", "Et sted å bo"}
    for name, theme in (("Akutt hjelp", "ambulanse"), ("Et sted å bo", "bolig")):
        own = [
            truth[ids.index(note)] for note, row in found.assignments.items() if row.topic == seeds[name].id
        ]
        assert own.count(theme) > 0.9 * len(own) > 0
        assert seeds[name].name == name
