"""Agreement on spans, one code at a time: shared characters, and Krippendorff's alpha for unitizing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kafe.agreement.bootstrap import Resampled
from kafe.agreement.units import finished_by_all, verdict
from kafe.messages import message
from kafe.origins import coder_names, origin
from kafe.records import Codebook, Coding, Suggestion

Span = tuple[int, int]


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


@dataclass(frozen=True, slots=True)
class Lengths:
    """What the coefficient needs to know of one note, in characters, summed over coders.

    `coded` and `gaps` are what all coders marked and left; `apart` is how much one marked where another
    did not, per other coder; `self_pairs` is what would be compared with itself by chance.
    """

    coded: float
    gaps: float
    apart: float
    self_pairs: float


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order; those that overlap are one, those that only touch stay two."""
    found: list[Span] = []
    for start, end in sorted(set(spans)):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def shared_characters(first: Sequence[Span], second: Sequence[Span]) -> int:
    """Return how many characters lie in spans of both; each side without overlaps."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in first for b in second)


def character_f1(both: int, first: int, second: int) -> float | None:
    """Return 2 × shared / (characters of one + of the other); None when neither marked anything."""
    return 2 * both / (first + second) if first + second else None


def note_lengths(length: int, coders: Sequence[Sequence[Span]]) -> Lengths:
    """Return the lengths of one note of `length` characters that at least two coders finished.

    Each coder's spans are merged. Krippendorff et al. (2016), eq. for observed coincidences; a note that
    not all have finished counts with those who have, as with missing values in nominal alpha.
    """
    coded = [sum(end - start for start, end in spans) for spans in coders]
    apart = 0.0
    for i, first in enumerate(coders):
        for j, second in enumerate(coders):
            if i != j:
                apart += coded[j] - shared_characters(first, second)
    return Lengths(
        coded=sum(coded),
        gaps=len(coders) * length - sum(coded),
        apart=apart / (len(coders) - 1),
        self_pairs=len(coders) * length
        - sum(coded)
        + sum((e - s) ** 2 for spans in coders for s, e in spans),
    )


def unitizing_alpha(notes: Iterable[Lengths]) -> float | None:
    """Return Krippendorff's alpha for unitizing of one code against gaps (binary u-alpha).

    With l_c and l_g the characters coded and left, l their sum, and l_cg those where two coders differ:
    alpha = 1 - l_cg (l - s / l) / (l_c l_g), where s, the pairs of a span with itself, is the sum of
    squared lengths of spans plus the length of gaps. None when nothing or everything is coded.
    Krippendorff, Mathet, Bouvry & Widlöcher (2016), Quality & Quantity 50(6); Krippendorff (2019),
    Content Analysis, 4th ed., ch. 12.6.
    """
    rows = list(notes)
    coded, gaps = sum(row.coded for row in rows), sum(row.gaps for row in rows)
    apart, pairs = sum(row.apart for row in rows), sum(row.self_pairs for row in rows)
    if not coded or not gaps:
        return None
    whole = coded + gaps
    return 1 - apart * (whole - pairs / whole) / (coded * gaps)


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
    resampled = Resampled(notes, seed)
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
    return [_row(code, name, tuple(coders), who, notes, spans, lengths, resampled) for code, name in wanted]


def _row(
    code: str,
    name: str,
    coders: tuple[str, ...],
    who: Mapping[str, Sequence[str]],
    notes: Sequence[str],
    spans: Mapping[tuple[str, str, str], list[Span]],
    lengths: Mapping[str, int],
    resampled: Resampled,
) -> SpanRow:
    of_notes = [
        note_lengths(lengths[note_id], [spans.get((code, coder, note_id), []) for coder in who[note_id]])
        for note_id in notes
    ]
    alpha = unitizing_alpha(of_notes)
    low, high = resampled.unitizing(of_notes) if alpha is not None else (None, None)
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
