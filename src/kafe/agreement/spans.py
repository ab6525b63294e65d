"""Agreement on spans, one code at a time: shared characters, and Krippendorff's alpha for unitizing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kafe.agreement.bootstrap import AlphaBootstrap
from kafe.agreement.unitizing import (
    Span,
    character_f1,
    merged,
    shared_characters,
    unitized_note,
    unitizing_alpha,
)
from kafe.agreement.units import finished_by_all
from kafe.agreement.verdict import verdict
from kafe.messages import message
from kafe.origins import coder_names, origin
from kafe.records import Codebook, Coding, Suggestion


@dataclass(frozen=True, slots=True)
class SpanRow:
    """How well coders mark the same words with a code, or with any code where `code` is empty.

    `f1` is that of characters and is given for two coders. `alpha` and its 95 % interval over notes are
    None where undefined. `characters` counts those of the notes that at least two finished.
    """

    code: str
    name: str
    coders: tuple[str, ...]
    notes: int
    characters: int
    spans: tuple[int, ...]
    f1: float | None
    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None
    verdict: str


def span_agreement(
    codings: Iterable[Coding | Suggestion],
    finished: Iterable[tuple[str, ...]],
    lengths: Mapping[str, int],
    codebook: Codebook,
    coders: Sequence[str],
    *,
    seed: int = 1,
) -> list[SpanRow]:
    """Return the row of any code first, then one for each codable code in codebook order.

    `lengths` maps note ids to characters of their texts; only notes that at least two of the coders
    finished count (a machine has finished all). Intervals come from 1,000 resamples of whole notes.
    """
    present = finished_by_all(coders, {(mark[0], mark[1]) for mark in finished}, lengths)
    shared = {note_id: who for note_id, who in sorted(present.items()) if len(who) > 1}
    compared = _Compared(tuple(coders), shared, lengths, AlphaBootstrap(list(shared), seed))
    marked: dict[str, dict[tuple[str, str], list[Span]]] = {}
    for item in codings:
        origin(item)
        coder = next((name for name in coder_names(item) if name in coders), None)
        if coder is None or item.code not in codebook or not codebook[item.code].codable:
            continue
        for code in ("", item.code):
            spans = marked.setdefault(code, {}).setdefault((coder, item.note_id), [])
            spans.append((item.start, item.end))
    wanted = [("", message("agreement.coders.any"))]
    wanted += [(code.id, code.name) for code in codebook.codes if code.codable]
    return [compared.row(code, name, marked.get(code, {})) for code, name in wanted]


@dataclass(frozen=True)
class _Compared:
    """The notes that at least two coders finished (note id → who), their lengths, and resamples of them."""

    coders: tuple[str, ...]
    present: Mapping[str, Sequence[str]]
    lengths: Mapping[str, int]
    bootstrap: AlphaBootstrap

    def row(self, code: str, name: str, marked: Mapping[tuple[str, str], Sequence[Span]]) -> SpanRow:
        """Return the row of a code; `marked` holds the spans of coder and note."""
        spans = {place: merged(found) for place, found in marked.items()}
        of_notes = [
            unitized_note(self.lengths[note_id], [spans.get((coder, note_id), []) for coder in who])
            for note_id, who in self.present.items()
        ]
        alpha = unitizing_alpha(of_notes)
        low, high = self.bootstrap.unitizing(of_notes) if alpha is not None else (None, None)
        of_coders = [[spans.get((coder, note_id), []) for note_id in self.present] for coder in self.coders]
        f1 = None
        if len(self.coders) == 2:
            sizes = [sum(end - start for found in each for start, end in found) for each in of_coders]
            both = sum(shared_characters(a, b) for a, b in zip(*of_coders, strict=True))
            f1 = character_f1(both, *sizes)
        return SpanRow(
            code,
            name,
            self.coders,
            notes=len(self.present),
            characters=sum(self.lengths[note_id] for note_id in self.present),
            spans=tuple(sum(map(len, each)) for each in of_coders),
            f1=f1,
            alpha=alpha,
            alpha_low=low,
            alpha_high=high,
            verdict=verdict(alpha, low, high),
        )
