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
    who = finished_by_all(coders, {(mark[0], mark[1]) for mark in finished}, lengths)
    notes = sorted(note_id for note_id, present in who.items() if len(present) > 1)
    bootstrap = AlphaBootstrap(notes, seed)
    marked: dict[tuple[str, str, str], list[Span]] = {}
    for item in codings:
        origin(item)
        coder = next((name for name in coder_names(item) if name in coders), None)
        if coder is None or item.code not in codebook or not codebook[item.code].codable:
            continue
        for code in ("", item.code):
            marked.setdefault((code, coder, item.note_id), []).append((item.start, item.end))
    spans = {key: merged(found) for key, found in marked.items()}
    wanted = [("", message("coding.agreement.any"))]
    wanted += [(code.id, code.name) for code in codebook.codes if code.codable]
    return [_row(code, name, tuple(coders), who, notes, spans, lengths, bootstrap) for code, name in wanted]


def _row(
    code: str,
    name: str,
    coders: tuple[str, ...],
    who: Mapping[str, Sequence[str]],
    notes: Sequence[str],
    spans: Mapping[tuple[str, str, str], list[Span]],
    lengths: Mapping[str, int],
    bootstrap: AlphaBootstrap,
) -> SpanRow:
    of_notes = [
        unitized_note(lengths[note_id], [spans.get((code, coder, note_id), []) for coder in who[note_id]])
        for note_id in notes
    ]
    alpha = unitizing_alpha(of_notes)
    low, high = bootstrap.unitizing(of_notes) if alpha is not None else (None, None)
    of_coders = [[spans.get((code, coder, note_id), []) for note_id in notes] for coder in coders]
    f1 = None
    if len(coders) == 2:
        sizes = [sum(end - start for found in of_coder for start, end in found) for of_coder in of_coders]
        both = sum(shared_characters(a, b) for a, b in zip(*of_coders, strict=True))
        f1 = character_f1(both, *sizes)
    return SpanRow(
        code,
        name,
        coders,
        notes=len(notes),
        characters=sum(lengths[note_id] for note_id in notes),
        spans=tuple(sum(map(len, of_coder)) for of_coder in of_coders),
        f1=f1,
        alpha=alpha,
        alpha_low=low,
        alpha_high=high,
        verdict=verdict(alpha, low),
    )
