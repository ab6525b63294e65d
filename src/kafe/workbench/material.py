"""What a session of coding works on: notes in reading order, their units, suggestions, and the codebook."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kafe.codebook.reader import load_codebook
from kafe.messages import message
from kafe.records import Codebook, KafeError, Note, Suggestion
from kafe.settings import Paths
from kafe.strings import natural_key

Span = tuple[int, int]


@dataclass(frozen=True)
class Material:
    """Notes in reading order, and what is known about them; maps are keyed by note id.

    `questions` and `titles` give the words for ids of questions and sessions. `problem` says what is
    wrong with the codebook where it could not be read; then it has no codes. `turn` is each note's place in
    the order that teaches the model most.
    """

    notes: tuple[Note, ...]
    codebook: Codebook
    units: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    suggestions: Mapping[str, tuple[Suggestion, ...]] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    turn: Mapping[str, int] = field(default_factory=dict)


def load_material(paths: Paths, notes: Iterable[Note]) -> Material:
    """Return the material of a project: the store's notes with the tables that the stages left.

    Raises KafeError when the stages have not run.
    """
    problem, codebook = "", Codebook((), "")
    try:
        codebook = load_codebook(paths.codebook)
    except KafeError as error:
        problem = str(error)
    units: dict[str, list[Span]] = defaultdict(list)
    for row in _table(paths, "units")["units"]:
        units[row["note_id"]].append((row["start"], row["end"]))
    coding = _table(paths, "coding")
    suggestions = [Suggestion(**row) for row in (*coding["suggestions"], *coding["model_suggestions"])]
    sessions = _table(paths, "notes")["sessions"]
    return Material(
        notes=in_reading_order(notes),
        codebook=codebook,
        units={note_id: tuple(sorted(spans)) for note_id, spans in units.items()},
        suggestions=by_note(suggestions),
        questions={key: text for row in sessions for key, text in row["questions"].items()},
        titles={row["id"]: row["title"] for row in sessions},
        problem=problem,
        turn={note_id: place for place, note_id in enumerate(coding["order"])},
    )


def by_note(suggestions: Iterable[Suggestion]) -> dict[str, tuple[Suggestion, ...]]:
    """Return the suggestions of each note, the surest first, then by place.

    What a rule and the model suggest alike is one: the rule's, with both reasons and the model's score.
    """
    found: dict[str, dict[tuple[int, int, str], Suggestion]] = defaultdict(dict)
    for one in sorted(suggestions, key=lambda one: one.source.partition(":")[0] == "model"):
        key, own = (one.start, one.end, one.code), found[one.note_id]
        first = own.get(key)
        own[key] = replace(first, reason=f"{first.reason} {one.reason}", score=one.score) if first else one
    return {
        note_id: tuple(sorted(own.values(), key=lambda one: (-one.score, one.start, one.end, one.code)))
        for note_id, own in found.items()
    }


def in_reading_order(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return the notes as they stand in their sources: by session, file and place, «rad 9» before «rad 10»."""
    return tuple(
        sorted(
            notes,
            key=lambda note: (
                note.session,
                natural_key(note.source_file),
                natural_key(note.source_place),
                note.id,
            ),
        )
    )


def _table(paths: Paths, stage: str) -> dict[str, Any]:
    path: Path = paths.cache / "results" / f"{stage}.json"
    try:
        tables: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        raise KafeError(
            message("workbench.error.not_run"),
            file=paths.root.name,
            remedy=message("workbench.error.not_run_remedy"),
        ) from None
    return tables
