"""What a coder is shown while coding: notes with the coder's own codings, what is suggested, how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from kafe.records import Suggestion
from kafe.workbench import serialize
from kafe.workbench.coder_view import CoderView
from kafe.workbench.material import CodingMaterial
from kafe.workbench.note_filter import ORDERS, STATUSES, CoderProgress, NoteFilter, fold, select
from kafe.workbench.serialize import Shown


class CodingAnswers:
    """What is answered about the material and `own`, what the coder has in the store."""

    def __init__(self, material: CodingMaterial, own: CoderView):
        self.material = material
        self.own = own
        self._notes = {note.id: note for note in material.notes}

    def choices(self) -> Shown:
        """Return what the notes can be filtered by: sessions, questions, groups, and whether any are assigned."""
        notes, material = self.material.notes, self.material
        return {
            "sessions": serialize.choices([note.session for note in notes], material.titles),
            "questions": serialize.choices([note.question for note in notes], material.questions),
            "groups": serialize.choices([note.group for note in notes], {}),
            "assigned": bool(self.own.assigned),
        }

    def state(self) -> Shown:
        """Return how far the coder is, the codes on number keys, how often codes are used, memos of codes."""
        own, current = self.own, self._notes.keys()
        return {
            "progress": {"total": len(current), "finished": len(own.finished & current)},
            "recent": list(own.recent),
            "used": dict(+own.times),
            "memos": {
                target.removeprefix("code:"): text
                for target, text in own.memos.items()
                if target.startswith("code:")
            },
        }

    def found(self, query: Mapping[str, object]) -> Shown:
        """Return the `ids` of the notes that fit the query, and the place of the first unfinished among them.

        Raises ValueError or TypeError for a query that no browser of ours asks.
        """
        asked = {key: str(value) for key, value in query.items()}
        if asked.get("status", "all") not in STATUSES or asked.get("order", "source") not in ORDERS:
            raise ValueError
        wanted, own = NoteFilter(**asked), self.own  # type: ignore[arg-type]
        if wanted.status == "uncoded":
            own.read_codings()
        coded = {note_id for note_id, codings in own.standing.items() if codings}
        suggested: dict[str, list[Suggestion]] = {}
        if wanted.status == "suggested" or wanted.order == "uncertain":
            own.read_refusals()
            suggested = {note_id: self.suggestions(note_id) for note_id in self.material.suggestions}
        progress = CoderProgress(coded, own.finished, own.assigned, suggested, self.material.turn)
        ids = select(self.material.notes, self._folded if wanted.search else {}, wanted, progress)
        first = next((place for place, note_id in enumerate(ids) if note_id not in own.finished), 0)
        return {"ids": ids, "first_unfinished": first}

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {note.id: fold(note.text) for note in self.material.notes}

    def note(self, note_id: str) -> Shown:
        """Return a note with the coder's codings in order of place, open suggestions, memo and mark."""
        codings = self.own.standing.get(note_id, {}).values()
        in_order = sorted(codings, key=lambda one: (one.start, -one.end, one.code))
        return {
            **serialize.note(self.material, self._notes[note_id]),
            "codings": [serialize.coding(one) for one in in_order],
            "suggestions": [serialize.suggestion(one) for one in self.suggestions(note_id)],
            "memo": self.own.memos.get(f"note:{note_id}", ""),
            "finished": note_id in self.own.finished,
        }

    def suggestions(self, note_id: str) -> list[Suggestion]:
        """Return suggestions of codes in use that the coder has not answered."""
        given = self.material.suggestions.get(note_id, ())
        return self.own.unanswered(note_id, [one for one in given if self.material.in_use(one.code)])
