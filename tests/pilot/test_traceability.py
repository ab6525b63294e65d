"""Each proposal back to the notes behind it."""

from kafe.pilot import innspillslogg
from kafe.pilot.project_data import Pilot
from kafe.pilot.traceability import chosen_without_proposal, traceability
from kafe.records import Code, Codebook, Decision

CODEBOOK = Codebook((Code("rot", "Rot"), Code("blad", "Blad", "rot"), Code("tom", "Tom")), "1")


def pilot(*builds_on: str) -> Pilot:
    proposal = {"id": "f", "tekst": "T", "bygger_på": list(builds_on)}
    return Pilot.model_validate({"elementer": [{"id": "e", "tittel": "E", "forslag": [proposal]}]})


def test_notes_behind_are_those_named_and_those_a_person_coded(note):
    notes = [
        note("n1", "bruker", "1", votes=2),
        note("n2", "kommune", "1", session="k2"),
        note("n3"),
        note("n4"),
    ]
    members = [
        ("n1", "blad", "human"),
        ("n3", "blad", "rule"),
        ("n1", "blad", "rule"),
        ("n4", "annet", "human"),
    ]
    [row] = traceability(pilot("blad", "note:n2"), [], members, notes)
    assert row["note_ids"] == ["n1", "n2"]
    assert row["suggested_ids"] == ["n3"]
    assert (row["notes"], row["suggested"], row["votes"]) == (2, 1, 0)
    assert (row["groups"], row["sessions"], row["tables"]) == (0, 0, 0)
    assert (row["unknown"], row["without_notes"]) == ([], False)


def test_a_bare_name_is_a_note_when_there_is_one_and_prefixes_decide(note):
    members = [("n2", "n1", "human")]
    assert traceability(pilot("n1"), [], members, [note("n1"), note("n2")])[0]["note_ids"] == ["n1"]
    assert traceability(pilot("code:n1"), [], members, [note("n1"), note("n2")])[0]["note_ids"] == ["n2"]


def test_a_parent_code_brings_its_descendants_notes(note):
    [row] = traceability(pilot("rot"), [], [("n1", "blad", "human")], [note("n1")], codebook=CODEBOOK)
    assert row["note_ids"] == ["n1"]


def test_a_proposal_with_nothing_behind_it_is_flagged_and_unknown_names_listed(note):
    [row] = traceability(
        pilot("tom", "note:n9", "finnes-ikke"),
        [],
        [("n9", "tom", "human")],
        [note("n1")],
        codebook=CODEBOOK,
    )
    assert row["without_notes"]
    assert row["unknown"] == ["note:n9", "finnes-ikke"]


def test_suggestions_alone_leave_a_proposal_without_notes(note):
    [row] = traceability(pilot("blad"), [], [("n1", "blad", "anchor")], [note("n1")])
    assert (row["without_notes"], row["suggested_ids"]) == (True, ["n1"])


def test_fates_of_the_notes_behind_are_shown_and_chosen_notes_left_out_are_found(note):
    notes = [note(name) for name in ("n1", "n2", "n3")]
    members = [("n1", "a", "human"), ("n2", "a", "human")]
    decisions = [
        Decision("note:n1", "parked", "", "", "2025-01-01"),
        Decision("note:n1", "chosen", "", "", "2025-01-02"),
        Decision("note:n2", "passed_on", "", "", "2025-01-01"),
        Decision("note:n3", "chosen", "", "", "2025-01-01"),
    ]
    trace = traceability(pilot("a"), decisions, members, notes)
    assert (trace[0]["chosen_ids"], trace[0]["set_aside_ids"]) == (["n1"], ["n2"])
    log = innspillslogg.log(notes, members, decisions)
    assert [row["note_id"] for row in chosen_without_proposal(trace, log)] == ["n3"]
