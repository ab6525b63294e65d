"""Who was heard, how much, and who is missing."""

from collections.abc import Sequence
from typing import Literal

from kafe.messages import message
from kafe.pilot.project_data import Stakeholder
from kafe.pilot.ranking import spread
from kafe.privacy import hide_small_counts
from kafe.records import Note, Row
from kafe.settings import PrivacySettings

Placement = Literal["follow_closely", "inform_regularly", "keep_informed", "inform_when_needed"]
MIDDLE = 3
"""From the middle of the scale 1–5 and up, a degree counts as high."""


def placement(stakeholder: Stakeholder) -> Placement:
    """Return the field of the stakeholder matrix: degree affected × degree of influence."""
    affected, influence = stakeholder.affected >= MIDDLE, stakeholder.influence >= MIDDLE
    if affected:
        return "follow_closely" if influence else "inform_regularly"
    return "keep_informed" if influence else "inform_when_needed"


def coverage(
    notes: Sequence[Note], stakeholders: Sequence[Stakeholder], privacy: PrivacySettings
) -> list[Row]:
    """Return one row a stakeholder: notes, tables, sessions, share of all notes, and whether heard.

    `heard` is `heard`; `shared` when the notes' group is shared with other stakeholders, so that who of
    them spoke cannot be known; `missing` when there is no note. The last row, with an empty id and
    `heard` = `unplaced`, counts the notes of groups that no stakeholder has, so that nothing is left
    out. Small counts are hidden (`small_counts.shown`), and their share, votes, tables and sessions.
    Ordered as the stakeholders are given.
    """
    owners = [frozenset(one.groups) for one in stakeholders]
    rows = []
    for one, groups in zip(stakeholders, owners, strict=True):
        own = [note for note in notes if note.group in groups]
        heard = "missing" if not own else "shared" if owners.count(groups) > 1 else "heard"
        rows.append(
            {
                "stakeholder_id": one.id,
                "name": one.name,
                "side": one.side,
                "members": list(one.members),
                "affected": one.affected,
                "influence": one.influence,
                "placement": placement(one),
                "placement_label": message(f"pilot.placement.{placement(one)}"),
                "heard": heard,
                **_numbers(own, notes),
            }
        )
    placed = frozenset().union(*owners)
    rest = [note for note in notes if note.group not in placed]
    rows.append(
        {
            "stakeholder_id": "",
            "name": message("pilot.coverage.unplaced"),
            "side": "",
            "members": sorted({note.group for note in rest if note.group}),
            "affected": None,
            "influence": None,
            "placement": "",
            "placement_label": "",
            "heard": "unplaced",
            **_numbers(rest, notes),
        }
    )
    keys = ["\x1f".join(sorted(one.groups)) or f"\x1f{one.id}" for one in stakeholders]
    return _hidden(rows, [*keys, ""], privacy)


def _numbers(own: Sequence[Note], notes: Sequence[Note]) -> Row:
    found = spread(own)
    return {
        "notes": len(own),
        "share": len(own) / len(notes) if notes else 0.0,
        "votes": sum(note.votes for note in own),
        "tables": found["tables"],
        "sessions": found["sessions"],
    }


def _hidden(rows: Sequence[Row], keys: Sequence[str], privacy: PrivacySettings) -> list[Row]:
    """Hide small counts; rows with the same key count the same notes, those with different keys add up."""
    linked = ["share", "votes", "tables", "sessions"]
    cells = dict(zip(keys, rows, strict=True))
    safe = dict(
        zip(
            cells,
            hide_small_counts(list(cells.values()), "notes", privacy, totals=[()], linked=linked),
            strict=True,
        )
    )
    columns = ["notes", "notes_shown", *linked]
    return [
        row | {column: safe[key][column] for column in columns} for key, row in zip(keys, rows, strict=True)
    ]
