"""Free topics as plain tables: of all notes, of those no anchor explains, and of two meetings side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from kafe.flow.project import Tables
from kafe.records import Note, Row

if TYPE_CHECKING:
    from kafe.topics import TopicInput, TopicResult


def free_tables(found: TopicResult, notes: TopicInput) -> Tables:
    """Return topics, assignments, curve, hierarchy, notices, notes alike and about of free topics."""
    from kafe.topics import topic_quality

    return {
        "topics": [{**asdict(topic), "unstable": topic.unstable} for topic in found.topics],
        "assignments": [asdict(found.assignments[note_id]) for note_id in sorted(found.assignments)],
        "curve": [asdict(point) for point in found.curve],
        "hierarchy": [asdict(merge) for merge in found.hierarchy],
        "notices": [asdict(notice) for notice in found.notices],
        "alike": [list(group) for group in found.alike],
        "about": {
            "status": found.status,
            "method": found.method,
            "k": found.k,
            "usable": found.usable,
            "fewest": found.fewest,
            "equally_good": list(found.equally_good),
            "density_check": asdict(found.density_check) if found.density_check else None,
            "non_answers": len(found.non_answers),
            "empty": len(found.empty),
            "duplicates": len(found.duplicates),
            "written_standard_ami": found.written_standard_ami,
            "source_ami": found.source_ami,
            "far_share": found.far_share,
            "warnings": list(found.warnings),
            **topic_quality(found, notes.lemmas or ()),
        },
    }


def meetings_compared(
    notes: Sequence[Note],
    lemmas: Mapping[str, Sequence[str]],
    surface: Mapping[str, str],
    found: TopicResult,
) -> Row:
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
    return {"left": left, "right": right, "rows": [asdict(row) for row in rows]}
