"""Breadth before weight, and people's coding apart from the machine's suggestions."""

from kafe.pilot.ranking import rank_ranges, rank_themes


def test_breadth_goes_before_weight(note):
    notes = [
        note("a", "bruker", "1", votes=50),
        note("b", "bruker", "1", votes=50),
        note("c", "pårørende", "1"),
        note("d", "kommune", "2", session="k2"),
    ]
    members = [
        ("a", "mye", "human"),
        ("b", "mye", "human"),
        ("c", "bredt", "rule"),
        ("d", "bredt", "rule"),
    ]
    rows = rank_themes(notes, members, names={"bredt": "Bredt tema"})
    assert [(row["rank"], row["name"]) for row in rows] == [(1, "Bredt tema"), (2, "mye")]
    wide, heavy = rows
    assert (wide["groups"], wide["sessions"], wide["tables"], wide["notes"], wide["votes"]) == (2, 2, 2, 2, 0)
    assert (heavy["groups"], heavy["sessions"], heavy["tables"], heavy["notes"], heavy["votes"]) == (
        1,
        1,
        1,
        2,
        100,
    )
    # 2 of 3 groups, 2 of 2 sessions, 2 of 2 tables (table 1 of k1 and table 2 of k2)
    assert wide["breadth"] == (2 / 3 + 1 + 1) / 3
    assert heavy["share"] == 0.5


def test_a_table_number_is_another_table_in_another_session(note):
    notes = [note("a", table="1"), note("b", table="1", session="k2")]
    assert rank_themes(notes, [("a", "t", "anchor"), ("b", "t", "anchor")])[0]["tables"] == 2


def test_ties_are_broken_by_session_table_note_vote_and_last_id(note):
    notes = [note("a", "g", "1"), note("b", "g", "2", votes=1), note("c", "g", "2")]
    members = [
        ("a", "y", "topic"),
        ("a", "x", "topic"),
        ("b", "stemme", "topic"),
        ("c", "to", "topic"),
        ("b", "to", "topic"),
        ("a", "bord", "topic"),
        ("b", "bord", "topic"),
    ]
    assert [row["theme_id"] for row in rank_themes(notes, members)] == ["bord", "to", "stemme", "x", "y"]


def test_a_note_a_person_coded_is_not_also_counted_as_suggested(note):
    notes = [note("a"), note("b"), note("c")]
    members = [
        ("a", "t", "human"),
        ("a", "t", "rule"),
        ("a", "t", "rule"),
        ("b", "t", "rule"),
        ("c", "t", "anchor"),
    ]
    row = rank_themes(notes, members)[0]
    assert (row["notes"], row["notes_human"], row["notes_suggested"]) == (3, 1, 2)
    assert (row["by_human"], row["by_rule"], row["by_anchor"], row["by_topic"]) == (1, 2, 1, 0)


def test_only_the_asked_origins_count(note):
    notes = [note("a"), note("b")]
    members = [("a", "t", "human"), ("b", "t", "rule"), ("b", "u", "rule")]
    rows = rank_themes(notes, members, origins=["human"])
    assert [(row["theme_id"], row["notes"], row["notes_suggested"]) for row in rows] == [("t", 1, 0)]


def test_a_subset_of_notes_can_be_ranked_and_no_notes_give_no_rows(note):
    members = [("a", "t", "topic"), ("borte", "t", "topic"), ("borte", "u", "topic")]
    assert [row["notes"] for row in rank_themes([note("a")], members)] == [1]
    assert rank_themes([], members) == []


def test_what_no_note_tells_of_is_left_out_of_breadth(note):
    assert rank_themes([note("a"), note("b", session="k2")], [("a", "t", "topic")])[0]["breadth"] == 0.5


def test_a_rank_that_rests_on_one_table_has_a_wide_range_and_one_that_all_tables_hold_has_not(note):
    notes = [note(f"{i}-{n}", "g", str(i)) for i in range(10) for n in range(3)]
    members = [(f"{i}-0", "bred", "human") for i in range(10)]
    members += [("0-1", "smal", "human"), ("0-2", "smal", "human"), ("1-1", "annen", "human")]
    ranges = rank_ranges(notes, members)
    assert ranges["bred"] == (1, 1)
    assert ranges["smal"] == (2, 3)


def test_one_table_gives_no_range(note):
    assert rank_ranges([note("a", table="1"), note("b", table="1")], [("a", "t", "human")]) == {}
