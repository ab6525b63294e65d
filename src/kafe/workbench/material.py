"""What a session of coding works on: notes in reading order, their units, suggestions, and the codebook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kafe.records import Codebook, Note, Suggestion

Span = tuple[int, int]


@dataclass(frozen=True)
class CodingMaterial:
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

    def code_name(self, code: str) -> str:
        """Return a code's name, or its id where the codebook does not have it."""
        return self.codebook[code].name if code in self.codebook else code

    def in_use(self, code: str) -> bool:
        """Return whether a code may be put on notes: it is in the codebook, no heading, and not retired."""
        codebook = self.codebook
        return code in codebook and codebook[code].codable and codebook[code].status != "retired"


def merge_suggestions(suggestions: Iterable[Suggestion]) -> dict[str, tuple[Suggestion, ...]]:
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
