"""Free topics as plain tables: of all notes, of those no anchor explains, and of two meetings side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kafe.flow.stages.common import as_rows
from kafe.flow.tables.topics import FreeTopics, SessionsCompared
from kafe.records import Note

if TYPE_CHECKING:
    from kafe.topics import TopicInput, TopicResult


def free_tables(found: TopicResult, notes: TopicInput) -> FreeTopics:
    """Return topics, assignments, curve, hierarchy, notices, notes alike and about of free topics."""
    from kafe.topics import topic_quality

    quality, check = topic_quality(found, notes.lemmas or ()), found.density_check
    topics: list[Any] = [
        {**asdict(topic), "unstable": topic.unstable, "pattern": topic.pattern} for topic in found.topics
    ]
    return {
        "topics": topics,
        "assignments": as_rows(found.assignments[note_id] for note_id in sorted(found.assignments)),
        "curve": as_rows(found.curve),
        "hierarchy": as_rows(found.hierarchy),
        "notices": as_rows(found.notices),
        "alike": [list(group) for group in found.alike],
        "about": {
            "status": found.status,
            "method": found.method,
            "k": found.k,
            "usable": found.usable,
            "fewest": found.fewest,
            "equally_good": list(found.equally_good),
            "density_check": as_rows([check])[0] if check else None,
            "non_answers": len(found.non_answers),
            "empty": len(found.empty),
            "duplicates": len(found.duplicates),
            "written_standard_ami": found.written_standard_ami,
            "source_ami": found.source_ami,
            "far_share": quality["far_share"],
            "warnings": list(found.warnings),
            "topics": quality["topics"],
            "npmi": quality["npmi"],
            "diversity": quality["diversity"],
            "coherence": quality["coherence"],
            "excess": quality["excess"],
        },
    }


def sessions_compared(
    notes: Sequence[Note],
    lemmas: Mapping[str, Sequence[str]],
    surface: Mapping[str, str],
    found: TopicResult,
) -> SessionsCompared:
    """Return how the two sessions with most notes divide over the topics: `left`, `right` (ids) and `rows`.

    The earlier session is `left`. Empty with fewer than two sessions or no topics to divide over.
    """
    from kafe.topics import TopicInput, compare

    sizes = Counter(note.session for note in notes)
    first = {note.session: note.date for note in reversed(notes)}
    largest = sorted(sizes, key=lambda session: (-sizes[session], session))[:2]
    if len(largest) < 2 or len(found.topics) < 2:
        return {}
    left, right = sorted(largest, key=lambda session: (first[session], session))
    both = [note for note in notes if note.session in largest]
    mine, yours = ({note.id for note in both if note.session == one} for one in (left, right))
    rows = compare(TopicInput.of(both, lemmas, surface), mine, yours, found)
    return {"left": left, "right": right, "rows": as_rows(rows)}
