"""Tables for reports: counted by hand on a handful of notes."""

import pytest

from kafe.codings.tables import code_frequencies, code_tree, cooccurrence, cross_table, unused_and_undefined
from kafe.origins import origin
from kafe.records import Code, Codebook, Coding, Note, Suggestion

BOOK = Codebook(
    (
        Code("rød", "Rød", definition="d", codable=False),
        Code("bolig", "Bolig", "rød", "d", exclude=("x",), examples=("y",), patterns=("bolig",)),
        Code("rus", "Rus", "rød"),
        Code("håp", "Håp", "", "d", exclude=("x",), examples=("y",), patterns=("håp",)),
    ),
    "v",
)
NOTES = {
    "n1": Note("n1", "kafe-1", "kafedialog", "t", table="1", group="bruker", votes=3),
    "n2": Note("n2", "kafe-1", "kafedialog", "t", table="2", group="bruker"),
    "n3": Note("n3", "kafe-2", "kafedialog", "t", table="1", group="kommune", votes=1),
    "n4": Note("n4", "skjema", "fritekst", "t"),
}


def person(note: str, code: str, coder: str = "kari") -> Coding:
    return Coding(f"{note}{code}{coder}", note, 0, 1, "t", "h", code, coder, "t")


def machine(note: str, code: str) -> Suggestion:
    return Suggestion(note, 0, 1, code, "rule:abc", "Treff")


def counts(rows, who="human"):
    keys = ("notes", "sessions", "tables", "groups", "votes")
    return {row["code"]: tuple(row[key] for key in keys) for row in rows if row["origin"] == who}


def test_frequencies_by_hand_and_headings_count_a_note_once():
    items = [
        person(*pair)
        for pair in [("n1", "bolig"), ("n1", "rus"), ("n2", "rus"), ("n3", "bolig"), ("n4", "rus")]
    ]
    assert counts(code_frequencies(items, NOTES, BOOK)) == {
        "rød": (4, 3, 3, 2, 4),
        "bolig": (2, 2, 2, 2, 4),
        "rus": (3, 2, 2, 1, 3),
        "håp": (0, 0, 0, 0, 0),
    }


def test_two_coders_on_one_note_count_it_once():
    rows = code_frequencies([person("n1", "rus"), person("n1", "rus", "ola")], NOTES, BOOK)
    assert counts(rows)["rus"] == (1, 1, 1, 1, 3)


def test_people_and_machines_never_share_a_row():
    rows = code_frequencies([person("n1", "rus"), machine("n2", "rus"), machine("n3", "rus")], NOTES, BOOK)
    assert counts(rows)["rus"][0] == 1
    assert counts(rows, "rule")["rus"][0] == 2
    assert {row["origin"] for row in rows} == {"human", "rule"}


def test_an_accepted_suggestion_is_a_persons_and_a_models_coding_a_machines():
    accepted = Coding("x", "n1", 0, 1, "t", "h", "rus", "kari", "t", origin="rule:abc")
    assert [origin(accepted), origin(person("n1", "rus", "model:1")), origin(machine("n1", "rus"))] == [
        "human",
        "model",
        "rule",
    ]


def test_a_selection_of_notes_gives_its_own_table():
    items = [person("n1", "rus"), person("n3", "rus")]
    assert counts(code_frequencies(items, {"n3": NOTES["n3"]}, BOOK))["rus"] == (1, 1, 1, 1, 1)


def test_nothing_coded_gives_no_rows():
    assert code_frequencies([], NOTES, BOOK) == cooccurrence([], NOTES, BOOK) == []


def test_cooccurrence_by_hand():
    items = [
        person(*pair)
        for pair in [("n1", "bolig"), ("n1", "rus"), ("n2", "rus"), ("n2", "bolig"), ("n3", "rus")]
    ]
    items += [person("n3", "håp"), machine("n4", "håp"), machine("n4", "bolig")]
    rows = cooccurrence(items, NOTES, BOOK)
    assert [(row["origin"], row["code_a"], row["code_b"], row["notes"]) for row in rows] == [
        ("human", "bolig", "rus", 2),
        ("human", "rus", "håp", 1),
        ("rule", "bolig", "håp", 1),
    ]
    assert rows[0]["jaccard"] == pytest.approx(2 / 3)
    assert (rows[0]["notes_a"], rows[0]["notes_b"]) == (2, 3)


def test_what_the_codebook_lacks_is_listed():
    items = [person("n1", "rus"), machine("n1", "håp"), person("n1", "slettet")]
    assert [(row["code"], row["lack"]) for row in unused_and_undefined(items, BOOK)] == [
        ("bolig", "unused"),
        ("rus", "definition"),
        ("rus", "examples"),
        ("rus", "exclude"),
        ("rus", "patterns"),
        ("håp", "unused"),
        ("slettet", "unknown"),
    ]


def test_the_tree_counts_notes_of_the_code_itself_and_with_all_below_it():
    items = [person("n1", "bolig"), person("n1", "rus"), person("n2", "rød"), person("n3", "rus", "ola")]
    rows = {row["code"]: row for row in code_tree(items, NOTES, BOOK)}
    assert list(rows) == ["rød", "bolig", "rus", "håp"]
    assert [(row["level"], row["own"], row["notes"], row["codings"]) for row in rows.values()] == [
        (0, 1, 3, 1),
        (1, 1, 1, 1),
        (1, 2, 2, 2),
        (0, 0, 0, 0),
    ]
    assert rows["rød"]["share"] == 3 / 4
    assert {row["share"] for row in code_tree([], {}, BOOK)} == {None}


def test_codes_by_a_column_of_notes_have_counts_shares_and_votes():
    items = [person("n1", "rus"), person("n1", "rus", "ola"), person("n3", "rus"), person("n3", "bolig")]
    rows = cross_table(items, NOTES, BOOK, "group")
    assert [(row["code"], row["group"], row["notes"], row["of"], row["votes"]) for row in rows] == [
        ("rus", "bruker", 1, 2, 3),
        ("rus", "kommune", 1, 1, 1),
        ("rus", "", 0, 1, 0),
        ("bolig", "bruker", 0, 2, 0),
        ("bolig", "kommune", 1, 1, 1),
        ("bolig", "", 0, 1, 0),
    ]
    assert rows[0]["share"] == 0.5


def test_codes_that_are_unknown_and_notes_outside_the_selection_have_no_cells():
    assert cross_table([person("n1", "borte"), person("x", "rus")], NOTES, BOOK, "session") == []
    only = {"n1": NOTES["n1"]}
    assert [row["group"] for row in cross_table([person("n1", "rus")], only, BOOK, "group")] == ["bruker"]
