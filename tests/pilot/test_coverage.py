"""Who was heard, how much, and who is missing."""

import pytest

from kafe.pilot.coverage import coverage, placement
from kafe.pilot.project_data import Stakeholder
from kafe.settings import PrivacySettings

OPEN = PrivacySettings(hide_below=1)


def stakeholder(name: str, *groups: str, affected: int = 3, influence: int = 3) -> Stakeholder:
    return Stakeholder.model_validate(
        {
            "id": name,
            "navn": name.title(),
            "hører_til": "bruker",
            "berørt": affected,
            "innflytelse": influence,
            "grupper": list(groups),
        }
    )


@pytest.mark.parametrize(
    ("affected", "influence", "field"),
    [
        (3, 3, "follow_closely"),
        (5, 2, "inform_regularly"),
        (2, 3, "keep_informed"),
        (1, 1, "inform_when_needed"),
    ],
)
def test_the_matrix_places_by_degree_affected_and_influence(affected, influence, field):
    assert placement(stakeholder("a", affected=affected, influence=influence)) == field


def test_heard_shared_missing_and_unplaced_are_told_apart_and_counts_add_up(note):
    notes = [
        *(note(f"b{i}", "bruker", table=str(i % 2), votes=1) for i in range(10)),
        *(note(f"k{i}", "kommune", session="k2") for i in range(6)),
        *(note(f"u{i}", "ukjent") for i in range(4)),
    ]
    people = [
        stakeholder("b", "bruker"),
        stakeholder("nav", "kommune"),
        stakeholder("bolig", "kommune"),
        stakeholder("tips"),
    ]
    rows = coverage(notes, people, OPEN)
    assert [(row["stakeholder_id"], row["heard"], row["notes"]) for row in rows] == [
        ("b", "heard", 10),
        ("nav", "shared", 6),
        ("bolig", "shared", 6),
        ("tips", "missing", 0),
        ("", "unplaced", 4),
    ]
    first = rows[0]
    assert (first["tables"], first["sessions"], first["share"], first["votes"]) == (2, 1, 0.5, 10)
    assert first["placement_label"] == "må følges opp nøye"
    assert rows[-1]["members"] == ["ukjent"]


def test_a_small_group_is_hidden_with_all_its_numbers_and_a_neighbour(note):
    notes = [
        note(f"{group}{i}", group) for group, size in (("a", 3), ("b", 8), ("c", 20)) for i in range(size)
    ]
    rows = coverage(notes, [stakeholder(group, group) for group in "abc"], PrivacySettings())
    assert [row["notes_shown"] for row in rows] == ["skjult", "skjult", "20", "0"]
    assert [rows[0][column] for column in ("notes", "share", "votes", "tables", "sessions")] == [None] * 5
    assert [row["heard"] for row in rows] == ["heard", "heard", "heard", "unplaced"]


def test_sharing_stakeholders_are_hidden_together(note):
    notes = [
        note(f"{group}{i}", group) for group, size in (("a", 3), ("b", 8), ("c", 20)) for i in range(size)
    ]
    people = [stakeholder("x", "a"), stakeholder("y", "a"), stakeholder("z", "b"), stakeholder("w", "c")]
    rows = coverage(notes, people, PrivacySettings())
    assert [row["notes_shown"] for row in rows] == ["skjult", "skjult", "skjult", "20", "0"]


def test_no_notes_at_all_leaves_everyone_missing():
    rows = coverage([], [stakeholder("a", "g")], PrivacySettings())
    assert [(row["heard"], row["share"]) for row in rows] == [("missing", 0.0), ("unplaced", 0.0)]
