"""Krippendorff's alpha for unitizing: do coders mark the same stretches of text? Spans in, numbers out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class UnitizedNote:
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


def unitized_note(length: int, coders: Sequence[Sequence[Span]]) -> UnitizedNote:
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
    return UnitizedNote(
        coded=sum(coded),
        gaps=len(coders) * length - sum(coded),
        apart=apart / (len(coders) - 1),
        self_pairs=len(coders) * length
        - sum(coded)
        + sum((e - s) ** 2 for spans in coders for s, e in spans),
    )


def unitizing_alpha(notes: Iterable[UnitizedNote]) -> float | None:
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
