"""Which notes the coder goes through, and in which order: search, filters, uncertainty."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal

from kafe.records import Note, Suggestion

Status = Literal["all", "uncoded", "unfinished", "finished", "suggested", "assigned"]
Order = Literal["source", "uncertain"]
DIACRITICS = re.compile("[\u0300-\u036f]")
STATUSES: tuple[Status, ...] = ("all", "uncoded", "unfinished", "finished", "suggested", "assigned")
ORDERS: tuple[Order, ...] = ("source", "uncertain")


@dataclass(frozen=True)
class NoteFilter:
    """What the coder wants to see; an empty value selects all."""

    search: str = ""
    session: str = ""
    question: str = ""
    group: str = ""
    status: Status = "all"
    order: Order = "source"


@dataclass(frozen=True)
class CoderProgress:
    """Ids of the notes that this coder has coded and finished; id → place in the coder's assignment, and
    id → the suggestions that this coder has not answered, and id → the note's place in the model's order."""

    coded: Set[str]
    finished: Set[str]
    assigned: Mapping[str, int]
    suggested: Mapping[str, Sequence[Suggestion]]
    turn: Mapping[str, int] = field(default_factory=dict)


def select(
    notes: Iterable[Note], folded: Mapping[str, str], wanted: NoteFilter, progress: CoderProgress
) -> list[str]:
    """Return the ids of the notes that fit, in the order wanted; `folded` holds their texts by `fold`.

    All words of the search must occur. Assigned notes keep the order of the assignment.
    """
    words = fold(wanted.search).split()
    found = [
        note.id
        for note in notes
        if wanted.session in ("", note.session)
        and wanted.question in ("", note.question)
        and wanted.group in ("", note.group)
        and _has_status(note.id, wanted.status, progress)
        and all(word in folded[note.id] for word in words)
    ]
    if wanted.order == "uncertain" and progress.turn:
        last = len(progress.turn)
        return sorted(
            found, key=lambda note_id: (note_id in progress.finished, progress.turn.get(note_id, last))
        )
    if wanted.order == "uncertain":
        return sorted(found, key=lambda note_id: _certainty(progress.suggested.get(note_id, ())))
    if wanted.status == "assigned":
        return sorted(found, key=progress.assigned.__getitem__)
    return found


def _has_status(note_id: str, status: Status, progress: CoderProgress) -> bool:
    if status == "uncoded":
        return note_id not in progress.coded
    if status == "unfinished":
        return note_id not in progress.finished
    if status == "finished":
        return note_id in progress.finished
    if status == "suggested":
        return bool(progress.suggested.get(note_id))
    return status == "all" or note_id in progress.assigned


def _certainty(suggestions: Sequence[Suggestion]) -> tuple[float, int]:
    """Return how sure the suggestions are, the least sure deciding (0: even odds), then minus their number."""
    return min((abs(2 * one.score - 1) for one in suggestions), default=2.0), -len(suggestions)


def fold(text: str) -> str:
    """Return the text in small letters without diacritics: «å» and «aa» as «a», «ø» as «o», «æ» as «ae»."""
    text = text.casefold().replace("ø", "o").replace("æ", "ae").replace("aa", "a")
    return DIACRITICS.sub("", unicodedata.normalize("NFD", text))
