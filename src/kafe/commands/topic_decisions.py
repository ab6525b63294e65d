"""What an analyst decides about the free topics of the last run, kept for later runs in `temaer.yaml`."""

from __future__ import annotations

from collections.abc import Iterable
from getpass import getuser
from hashlib import blake2b
from typing import Literal

from kafe.clock import now
from kafe.flow import Project
from kafe.messages import message
from kafe.records import KafeError
from kafe.topics import TopicInput
from kafe.topics.edits import TopicDecision, TopicMark, add_decision, split_topic

Kind = Literal["merge", "split", "rename", "lock"]


def decide(
    project: Project, kind: Kind, numbers: Iterable[int], *, name: str = "", who: str = "", why: str = ""
) -> str:
    """Keep a decision about topics by their numbers (1 is the largest), and return its id.

    `who` is the user's login where nobody is named. Raises KafeError where there is no topic with such a number.
    """
    marks = [_mark(project, number) for number in dict.fromkeys(numbers)]
    return _keep(project, kind, marks, name, who, why)


def split(
    project: Project, number: int, parts: int, *, who: str = "", why: str = ""
) -> tuple[str, list[TopicMark]]:
    """Divide a topic in parts of notes that are alike, keep that, and return its id and the parts.

    Raises KafeError where the notes are too alike to divide.
    """
    whole = set(_mark(project, number).notes)
    units = project.tables.units
    notes = TopicInput.of([note for note in project.notes() if note.id in whole], units.lemmas, units.surface)
    found = split_topic(notes, parts=parts, seed=project.settings.seed)
    if len(found) < 2:
        raise KafeError(message("topics.edits.too_alike"), remedy=message("topics.edits.fewer_parts"))
    return _keep(project, "split", found, "", who, why), found


def _mark(project: Project, number: int) -> TopicMark:
    tables = project.tables.topics
    if not 1 <= number <= len(tables.topics):
        raise KafeError(
            message("topics.edits.no_topic", number=number),
            remedy=message("topics.edits.topics_are", count=len(tables.topics)),
        )
    topic = tables.topics[number - 1]
    notes = [row["note_id"] for row in tables.assignments if row["topic"] == topic["id"]]
    return TopicMark(tuple(notes), tuple(topic["lemmas"]))


def _keep(project: Project, kind: Kind, marks: list[TopicMark], name: str, who: str, why: str) -> str:
    at = now()
    named = blake2b(f"{at} {kind} {marks} {name}".encode(), digest_size=4).hexdigest()
    identity = f"{at[:10]}-{named}"
    decision = TopicDecision(identity, kind, tuple(marks), name, (), who or getuser(), at, why)
    add_decision(project.paths.topic_edits, decision)
    return identity
