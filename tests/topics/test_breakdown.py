from kafe.topics import topics_by, topics_over_time


def test_each_topic_is_counted_beside_what_chance_would_give():
    topics = {"bolig": ["a", "b", "c"], "jobb": ["d"]}
    rows = topics_by(topics, {"a": "bruker", "b": "bruker", "c": "ansatt", "d": "ansatt", "e": "ansatt"})
    # By hand: 3 of 4 notes are on bolig, 2 of 4 by users: 1.5 expected, 2 found.
    assert rows[1] == {
        "topic": "bolig",
        "value": "bruker",
        "notes": 2,
        "share": 1.0,
        "expected": 1.5,
        "lift": 1.33,
    }
    assert [row["notes"] for row in rows] == [1, 2, 1, 0]


def test_notes_of_unknown_value_are_left_out():
    assert topics_by({"bolig": ["a", "b"]}, {"a": "", "b": "1"})[0]["notes"] == 1
    assert topics_by({"bolig": ["a"]}, {}) == []


def test_periods_are_months_quarters_or_years():
    topics, dates = {"bolig": ["a", "b"]}, {"a": "2025-05-06", "b": "2025-12-01"}
    assert [row["value"] for row in topics_over_time(topics, dates)] == ["2025-05", "2025-12"]
    assert [row["value"] for row in topics_over_time(topics, dates, "quarter")] == ["2025-K2", "2025-K4"]
    assert [row["notes"] for row in topics_over_time(topics, dates, "year")] == [2]
