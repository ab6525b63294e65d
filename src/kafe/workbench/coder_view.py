"""What one coder has in the store, and nothing of anybody else's: this is where coding is blind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from kafe.origins import Act, parse_origin
from kafe.records import Coding, Suggestion

if TYPE_CHECKING:
    from kafe.store import Store

RECENT = 9
"""Codes that have a number key."""
Key = tuple[int, int, str]


class CoderView:
    """A coder's codings, refusals, memos and marks, as far as they are read; empty for nobody."""

    def __init__(self, store: Store, coder: str, known: Container[str]):
        self.store = store
        self.coder = coder
        self.standing: dict[str, dict[Key, Coding]] = {}
        self.refused: dict[str, set[Key]] = {}
        self.memos: dict[str, str] = {}
        self.finished: set[str] = set()
        self.assigned: dict[str, int] = {}
        self.recent: list[str] = []
        self.times: Counter[str] = Counter()
        self._used: list[str] = []
        self._seen: set[str] = set()
        self._tallied = False
        self._refusals_known = False
        if coder:
            self.memos = {memo.target: memo.text for memo in store.memos() if memo.author == coder}
            self.finished = {note_id for who, note_id in store.finished() if who == coder}
            assigned = store.assignments().get(coder, [])
            self.assigned = {note_id: place for place, note_id in enumerate(assigned) if note_id in known}

    def read(self, note_ids: Sequence[str]) -> None:
        """Read from the store what the coder has on the notes, also what another window has stored."""
        if not self.coder:
            return
        self._seen |= set(note_ids)
        for note_id in note_ids:
            self.times.subtract(code for _, _, code in self.standing.pop(note_id, ()))
            self.refused.pop(note_id, None)
            self.finished.discard(note_id)
            self.memos.pop(f"note:{note_id}", None)
        for coding in self.store.codings(note_ids, [self.coder]):
            self._stand(coding)
        for event in self.store.history(note_ids, [self.coder]):
            self._answer_of(event)
        self.finished |= {note_id for who, note_id in self.store.finished(note_ids) if who == self.coder}
        for memo in self.store.memos([f"note:{note_id}" for note_id in note_ids]):
            if memo.author == self.coder:
                self.memos[memo.target] = memo.text

    def read_once(self, note_id: str) -> None:
        """Read what is on a note if it was never read."""
        if note_id not in self._seen:
            self.read([note_id])

    def read_codings(self) -> None:
        """Read every coding of the coder, once; only tallies and the filter for uncoded notes need them all."""
        if not self.coder or self._tallied:
            return
        codings = self.store.codings(coders=[self.coder])
        self.standing.clear()
        self.times.clear()
        for coding in codings:
            self._stand(coding)
        latest = dict.fromkeys(coding.code for coding in reversed(codings))
        for code in reversed(list(islice(latest, RECENT))):
            self.use(code)
        self._tallied = True

    def read_refusals(self) -> None:
        """Read every refusal, once; only ordering and filtering by suggestions need them all."""
        if self.coder and not self._refusals_known:
            for event in self.store.history(coders=[self.coder]):
                self._answer_of(event)
            self._refusals_known = True

    def coding(self, note_id: str, coding_id: str) -> Coding | None:
        """Return the standing coding with an id."""
        own = self.standing.get(note_id, {}).values()
        return next((coding for coding in own if coding.id == coding_id), None)

    def unanswered(self, note_id: str, suggestions: Sequence[Suggestion]) -> list[Suggestion]:
        """Return the suggestions neither refused nor answered with the same code at the place."""
        refused = self.refused.get(note_id, set())
        own = self.standing.get(note_id, {})
        return [
            one
            for one in suggestions
            if (one.start, one.end, one.code) not in refused
            and not any(code == one.code and start < one.end and one.start < end for start, end, code in own)
        ]

    def keep_memo(self, target: str, text: str) -> None:
        """Keep a memo that is stored."""
        self.memos.pop(target, None)
        if text:
            self.memos[target] = text

    def use(self, code: str) -> None:
        """Give the code a number key; the code not used for longest loses its own. Keys stay where they are."""
        if code in self._used:
            self._used.remove(code)
        self._used.append(code)
        if code in self.recent:
            return
        if len(self.recent) < RECENT:
            self.recent.append(code)
            return
        oldest = min(self.recent, key=self._used.index)
        self.recent[self.recent.index(oldest)] = code

    def _stand(self, coding: Coding) -> None:
        key = (coding.start, coding.end, coding.code)
        self.standing.setdefault(coding.note_id, {})[key] = coding
        self.times[coding.code] += 1

    def _answer_of(self, event: Coding) -> None:
        """Note whether an event refuses a suggestion, or takes that back; the latest about a place holds."""
        refused = self.refused.setdefault(event.note_id, set())
        key = (event.start, event.end, event.code)
        if event.action == "remove" and parse_origin(event.origin).act is Act.REFUSED:
            refused.add(key)
        else:
            refused.discard(key)
