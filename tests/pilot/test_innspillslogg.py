"""No note is ever lost, and every fate can be explained."""

from hypothesis import given
from hypothesis import strategies as st

from kafe.pilot import innspillslogg
from kafe.pilot.innspillslogg import fate_counts
from kafe.pilot.project_data import Pilot
from kafe.records import Code, Codebook, Decision, Fate, Note

PILOT = Pilot.model_validate({"elementer": [{"id": "hvem", "tittel": "Hvem avgjør?"}]})
CODEBOOK = Codebook((Code("rot", "Rot"), Code("gren", "Gren", "rot"), Code("blad", "Blad", "gren")), "1")


def decide(target: str, fate: str, at: str = "2025-06-01", element: str = "") -> Decision:
    return Decision(target, fate, f"fordi {fate}", "gruppen", at, element)


def test_a_row_tells_all_about_a_note(note):
    one = note("n1", "bruker", "3", question="hvem", votes=2, municipality="Time")
    members = [("n1", "b", "human"), ("n1", "a", "human"), ("n1", "a", "rule"), ("n1", "7", "topic")]
    [row] = innspillslogg.log([one], members, [decide("note:n1", "chosen", element="hvem")], PILOT)
    assert row == row | {
        "note_id": "n1",
        "session": "k1",
        "table": "3",
        "question": "hvem",
        "group": "bruker",
        "text": "innspill n1",
        "votes": 2,
        "themes_human": ["a", "b"],
        "themes_rule": ["a"],
        "themes_anchor": [],
        "themes_topic": ["7"],
        "fate": "chosen",
        "decided_on": "note:n1",
        "reason": "fordi chosen",
        "who": "gruppen",
        "when": "2025-06-01",
        "element": "hvem",
        "element_title": "Hvem avgjør?",
        "conflict": [],
    }


def test_without_a_decision_the_fate_is_not_yet_treated(note):
    [row] = innspillslogg.log([note("n1")], [], [])
    assert (row["fate"], row["reason"]) == ("undecided", "")


def test_the_notes_own_decision_overrides_its_codes(note):
    decisions = [decide("note:n1", "parked", "2025-01-01"), decide("code:a", "chosen", "2025-09-09")]
    rows = innspillslogg.log(
        [note("n1"), note("n2")], [("n1", "a", "human"), ("n2", "a", "human")], decisions
    )
    assert [(row["fate"], row["decided_on"]) for row in rows] == [("parked", "note:n1"), ("chosen", "code:a")]


def test_disagreeing_code_decisions_are_named_and_the_note_is_not_set_aside(note):
    decisions = [
        decide("code:a", "parked", "2025-09-09"),
        decide("code:b", "chosen"),
        decide("code:c", "passed_on"),
    ]
    members = [("n1", code, "human") for code in "abc"]
    [row] = innspillslogg.log([note("n1")], members, decisions)
    assert row["fate"] == "chosen"
    assert [(one["target"], one["fate"]) for one in row["conflict"]] == [
        ("code:a", "parked"),
        ("code:b", "chosen"),
        ("code:c", "passed_on"),
    ]


def test_agreeing_code_decisions_are_no_conflict(note):
    decisions = [decide("code:a", "passed_on", "2025-01-01"), decide("code:b", "passed_on", "2025-02-01")]
    [row] = innspillslogg.log([note("n1")], [("n1", "a", "human"), ("n1", "b", "human")], decisions)
    assert (row["decided_on"], row["conflict"]) == ("code:b", [])


def test_a_machines_suggestion_decides_nothing(note):
    members, decisions = [("n1", "a", "rule")], [decide("code:a", "chosen")]
    assert innspillslogg.log([note("n1")], members, decisions)[0]["fate"] == "undecided"


def test_a_decision_on_a_code_reaches_its_descendants_unless_they_have_their_own(note):
    notes, members = [note("n1"), note("n2")], [("n1", "blad", "human"), ("n2", "gren", "human")]
    decisions = [decide("code:rot", "parked"), decide("code:blad", "passed_on")]
    rows = innspillslogg.log(notes, members, decisions, codebook=CODEBOOK)
    assert [(row["fate"], row["decided_on"]) for row in rows] == [
        ("passed_on", "code:blad"),
        ("parked", "code:rot"),
    ]
    assert [row["fate"] for row in innspillslogg.log(notes, members, decisions[:1])] == ["undecided"] * 2


def test_the_latest_decision_by_date_counts_whatever_the_order(note):
    early, late = decide("note:n1", "parked", "2025-01-01"), decide("note:n1", "chosen", "2025-02-01")
    for decisions in ([early, late], [late, early]):
        assert innspillslogg.log([note("n1")], [], decisions)[0]["fate"] == "chosen"


def test_a_withdrawn_note_is_listed_with_what_was_decided(note):
    rows = innspillslogg.log(
        [note("n1")], [], [decide("note:n2", "chosen")], withdrawn=[note("n2"), note("n1")]
    )
    assert [(row["note_id"], row["fate"], row["decided_fate"]) for row in rows] == [
        ("n1", "undecided", ""),
        ("n2", "withdrawn", "chosen"),
    ]


def test_fate_counts_add_up_and_name_fates_without_notes(note):
    log = innspillslogg.log(
        [note("n1"), note("n2")], [], [decide("note:n1", "chosen")], withdrawn=[note("n3")]
    )
    counts = {row["fate"]: row["notes"] for row in fate_counts(log)}
    assert counts == {"chosen": 1, "parked": 0, "passed_on": 0, "undecided": 1, "withdrawn": 1}
    assert [row["share"] for row in fate_counts([])] == [0.0] * 5


ids = st.sampled_from(["n1", "n2", "n3", "n4", "n5"])
codes = st.sampled_from(["rot", "gren", "blad", "fri"])
targets = st.one_of(ids.map("note:{}".format), codes.map("code:{}".format), st.just("code:ukjent"))


@given(
    here=st.sets(ids),
    gone=st.sets(ids),
    members=st.lists(st.tuples(ids, codes, st.sampled_from(["human", "rule", "anchor", "topic"]))),
    decisions=st.lists(
        st.builds(
            decide,
            targets,
            st.sampled_from(["chosen", "parked", "passed_on"]),
            st.sampled_from(["", "2025-01-01", "2025-02-01"]),
            st.sampled_from(["", "hvem", "ukjent"]),
        )
    ),
    tree=st.sampled_from([None, CODEBOOK]),
)
def test_no_note_is_ever_lost_whatever_is_decided(here, gone, members, decisions, tree):
    def make(ids_of):
        return [Note(id=one, session="k", kind="fritekst", text=one) for one in sorted(ids_of)]

    log = innspillslogg.log(make(here), members, decisions, PILOT, withdrawn=make(gone), codebook=tree)
    assert [row["note_id"] for row in log] == sorted(here | gone)
    assert all(row["fate"] in {*Fate} for row in log)
    assert {row["note_id"] for row in log if row["fate"] == "withdrawn"} == gone - here
    assert sum(row["notes"] for row in fate_counts(log)) == len(here | gone)
    for row in log:
        own = [one for one in decisions if one.target == f"note:{row['note_id']}"]
        if own:
            newest = max(one.at for one in own)
            assert row["decided_fate"] == [one.fate for one in own if one.at == newest][-1]
