"""Free topics by group, session, question, round and over time: tables of a run, or of the notes selected."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from kafe.flow.tables.topics import AssignmentRow, FreeTopics, TopicRow
from kafe.privacy import hide_small_counts
from kafe.records import Note, Row
from kafe.settings import PrivacySettings
from kafe.topics import topics_by, topics_over_time

FIELDS = ("group", "session", "question", "round")
STEPS = ("day", "month", "quarter", "year")
MOST_PERIODS = 8
MOST_TOPICS = 20
FROM_COUNT = ("share", "lift")
"""What would tell a hidden count."""

Members = Mapping[str, Sequence[str]]
"""Name of a topic → the ids of the notes near it."""


def members_of(
    topics: Sequence[TopicRow], assignments: Iterable[AssignmentRow], selected: Collection[str]
) -> dict[str, list[str]]:
    """Return the selected notes near each of the largest topics, by name; empty when there are none in any."""
    found: dict[int, list[str]] = {}
    for row in assignments:
        if row["note_id"] in selected and not row["far"]:
            found.setdefault(row["topic"], []).append(row["note_id"])
    members = {topic["name"]: found.get(topic["id"], []) for topic in topics[:MOST_TOPICS]}
    return members if any(members.values()) else {}


def by_field(notes: Iterable[Note], members: Members, field: str, privacy: PrivacySettings) -> list[Row]:
    """Return the rows of `topics_by` for a field of the notes, unknown values left out.

    Small counts of groups are hidden, with what would tell them. Raises ValueError for another field.
    """
    if field not in FIELDS:
        raise ValueError(f"{field} is not among {', '.join(FIELDS)}")
    rows = topics_by(members, {note.id: str(getattr(note, field)) for note in notes})
    return (
        hide_small_counts(rows, "notes", privacy, totals=[("topic",)], linked=FROM_COUNT)
        if field == "group"
        else rows
    )


def by_period(notes: Iterable[Note], members: Members) -> list[Row]:
    """Return the rows of `topics_over_time`, by the finest step with at most `MOST_PERIODS` periods."""
    dates = {note.id: note.date for note in notes}
    for step in STEPS:
        rows = topics_over_time(members, dates, step)
        if len({row["value"] for row in rows}) <= MOST_PERIODS:
            break
    return rows


def breakdown(notes: Sequence[Note], tables: FreeTopics, privacy: PrivacySettings) -> dict[str, list[Any]]:
    """Return a table for each field and `date`, over all notes; `tables`: those of the free topics."""
    members = members_of(tables["topics"], tables["assignments"], {note.id for note in notes})
    found = {field: by_field(notes, members, field, privacy) for field in FIELDS}
    return {**found, "date": by_period(notes, members)}
