from kafe.pilot.overlap import overlap

NOTES = [f"n{row}" for row in range(10)]
TOPICS = [
    *((note, "topic-0", "topic") for note in NOTES[:5]),
    *((note, "topic-1", "topic") for note in NOTES[5:]),
]
CODES = [*((note, "bolig", "human") for note in NOTES[:4]), ("n5", "jobb", "human")]


def test_topics_and_codes_are_counted_together():
    cells = overlap([*TOPICS, *CODES]).cells
    assert (cells[0].topic, cells[0].code, cells[0].notes) == ("topic-0", "bolig", 4)
    assert (cells[0].of_topic, cells[0].of_code) == (0.8, 1.0)


def test_a_topic_that_no_code_covers_is_a_candidate_with_quotes_of_uncoded_notes():
    found = overlap([*TOPICS, *CODES], typical={"topic-1": ["n9", "n5"]}).uncovered
    assert [row.topic for row in found] == ["topic-1"]
    assert found[0].uncoded == 0.8
    assert found[0].quotes == ("n9", "n6", "n7", "n8")


def test_notes_that_nobody_finished_say_nothing_of_what_codes_lack():
    assert not overlap([*TOPICS, *CODES], finished=NOTES[:6]).uncovered


def test_a_code_spread_over_topics_is_not_found():
    topics = [(note, f"topic-{row}", "topic") for row, note in enumerate(NOTES)]
    spread = overlap([*topics, *((note, "tillit", "human") for note in NOTES[:5])]).unfound
    assert [(row.code, row.best_share) for row in spread] == [("tillit", 0.2)]
    assert not overlap([*TOPICS, *CODES]).unfound


def test_what_a_machine_suggests_is_no_code_unless_asked_for():
    rules = [(note, "bolig", "rule") for note in NOTES[:4]]
    assert not overlap([*TOPICS, *rules]).cells
    assert overlap([*TOPICS, *rules], origins=("rule",)).cells
