"""Agreement of two or more coders on frozen units: per code, and over whole sets of labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kafe.agreement.bootstrap import AlphaBootstrap
from kafe.agreement.coefficients import (
    LabelSet,
    binary_alpha,
    cohen_kappa,
    gwet_ac1,
    gwet_ac1_of_many,
    masi_alpha,
    mean_agreement,
    nominal_alpha,
    percent_agreement,
)
from kafe.agreement.verdict import verdict
from kafe.messages import message
from kafe.origins import coder_names, is_machine_name, origin
from kafe.records import Codebook, Coding, KafeError, Suggestion, Unit


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """Agreement of two coders on one code, or on whole label sets where `code` is empty.

    `units` and `notes` are those both finished. `percent` is a share from 0 to 1. Coefficients and the
    95 % interval of alpha are None where they are undefined. In the row of label sets the positives are
    units with any code, alpha uses MASI distance, kappa exact sets, and AC1 is not given.
    """

    code: str
    name: str
    coder_a: str
    coder_b: str
    notes: int
    units: int
    positive_a: int
    positive_b: int
    positive_both: int
    percent: float | None
    kappa: float | None
    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None
    ac1: float | None
    verdict: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Agreement of several coders on one code; `positives` holds one number for each of them.

    `percent` is the share of pairs of coders who did the same, the mean over units.
    """

    code: str
    name: str
    coders: tuple[str, ...]
    notes: int
    units: int
    positives: tuple[int, ...]
    percent: float | None
    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None
    ac1: float | None
    verdict: str


def agreement(
    codings: Iterable[Coding | Suggestion],
    finished: Iterable[tuple[str, ...]],
    units: Iterable[Unit],
    codebook: Codebook,
    coders: tuple[str, str] | None = None,
    *,
    seed: int = 1,
) -> list[AgreementRow]:
    """Return the row of label sets first, then one row for each codable code in codebook order.

    A unit is positive when a coding overlaps it; it is compared only where both coders finished the
    note (`finished`: coder, note id). A machine (`rule`, `model`, with or without version) has finished
    every note. Without `coders` the two people who finished notes are compared. Intervals come from
    1,000 resamples of whole notes. Raises KafeError when it is not clear who to compare.
    """
    units = list(units)
    marks = {(mark[0], mark[1]) for mark in finished}
    pair = coders or _two_people(marks)
    present = finished_by_all(pair, marks, {unit.note_id for unit in units})
    shared = {note_id for note_id, who in present.items() if len(who) == 2}
    kept = sorted(
        {unit.id: unit for unit in units if unit.note_id in shared}.values(),
        key=lambda unit: (unit.note_id, unit.start, unit.end),
    )
    used = _labels(codings, pair, kept, codebook)
    sets = [(used[pair[0]][unit.id], used[pair[1]][unit.id]) for unit in kept]
    bootstrap = AlphaBootstrap([unit.note_id for unit in kept], seed)
    rows = [_overall_row(pair, sets, bootstrap)]
    rows += [_code_row(pair, code.id, code.name, sets, bootstrap) for code in codebook.codes if code.codable]
    return rows


def group_agreement(
    codings: Iterable[Coding | Suggestion],
    finished: Iterable[tuple[str, ...]],
    units: Iterable[Unit],
    codebook: Codebook,
    coders: Sequence[str],
    *,
    seed: int = 1,
) -> list[GroupRow]:
    """Return agreement of all the coders together, one row for each codable code in codebook order.

    A unit counts where at least two of them finished its note; those who did not are missing there.
    """
    every = {unit.id: unit for unit in units}
    marks = {(mark[0], mark[1]) for mark in finished}
    who = finished_by_all(coders, marks, {unit.note_id for unit in every.values()})
    kept = sorted(
        (unit for unit in every.values() if len(who[unit.note_id]) > 1),
        key=lambda unit: (unit.note_id, unit.start, unit.end),
    )
    used = _labels(codings, coders, kept, codebook)
    bootstrap = AlphaBootstrap([unit.note_id for unit in kept], seed)
    rows = []
    for code in (code for code in codebook.codes if code.codable):
        values = [[code.id in used[coder][unit.id] for coder in who[unit.note_id]] for unit in kept]
        alpha = nominal_alpha(values)
        low, high = (None, None)
        if alpha is not None:
            low, high = bootstrap.ratings([(sum(of_unit), len(of_unit)) for of_unit in values])
        positives = [sum(code.id in used[coder][unit.id] for unit in kept) for coder in coders]
        rows.append(
            GroupRow(
                code.id,
                code.name,
                tuple(coders),
                notes=bootstrap.clusters,
                units=len(kept),
                positives=tuple(positives),
                percent=mean_agreement(values),
                alpha=alpha,
                alpha_low=low,
                alpha_high=high,
                ac1=gwet_ac1_of_many(values),
                verdict=verdict(alpha, low, high, min(positives, default=0)),
            )
        )
    return rows


def _two_people(marks: set[tuple[str, str]]) -> tuple[str, str]:
    people = sorted({coder for coder, _ in marks if not is_machine_name(coder)})
    if len(people) != 2:
        raise KafeError(
            message("agreement.coders.who", count=len(people), names=", ".join(people) or "–"),
            remedy=message("agreement.coders.who_remedy"),
        )
    return people[0], people[1]


def finished_by_all(
    coders: Sequence[str], marks: Collection[tuple[str, str]], notes: Iterable[str]
) -> dict[str, list[str]]:
    """Return note id → those of the coders who finished it, in order; machines have finished every note."""
    return {
        note_id: [coder for coder in coders if is_machine_name(coder) or (coder, note_id) in marks]
        for note_id in notes
    }


def _labels(
    codings: Iterable[Coding | Suggestion], pair: Sequence[str], units: Sequence[Unit], codebook: Codebook
) -> Mapping[str, Mapping[str, LabelSet]]:
    """Return coder → unit id → the codes that overlap the unit."""
    by_note: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        by_note[unit.note_id].append(unit)
    found: dict[str, dict[str, set[str]]] = {coder: defaultdict(set) for coder in pair}
    for item in codings:
        origin(item)
        coder = next((name for name in coder_names(item) if name in found), None)
        if coder is None or item.code not in codebook or not codebook[item.code].codable:
            continue
        for unit in by_note.get(item.note_id, ()):
            if item.start < unit.end and unit.start < item.end:
                found[coder][unit.id].add(item.code)
    return {
        coder: defaultdict(frozenset, {k: frozenset(v) for k, v in of.items()}) for coder, of in found.items()
    }


def _code_row(
    pair: tuple[str, str],
    code: str,
    name: str,
    sets: Sequence[tuple[LabelSet, LabelSet]],
    bootstrap: AlphaBootstrap,
) -> AgreementRow:
    first, second = [code in a for a, _ in sets], [code in b for _, b in sets]
    mismatches = sum(a != b for a, b in zip(first, second, strict=True))
    alpha = binary_alpha(len(sets), mismatches, sum(first) + sum(second))
    low, high = bootstrap.binary(first, second) if alpha is not None else (None, None)
    return AgreementRow(
        code,
        name,
        *pair,
        notes=bootstrap.clusters,
        units=len(sets),
        positive_a=sum(first),
        positive_b=sum(second),
        positive_both=sum(a and b for a, b in zip(first, second, strict=True)),
        percent=percent_agreement(first, second),
        kappa=cohen_kappa(first, second),
        alpha=alpha,
        alpha_low=low,
        alpha_high=high,
        ac1=gwet_ac1(first, second),
        verdict=verdict(alpha, low, high, min(sum(first), sum(second))),
    )


def _overall_row(
    pair: tuple[str, str], sets: Sequence[tuple[LabelSet, LabelSet]], bootstrap: AlphaBootstrap
) -> AgreementRow:
    first, second = [a for a, _ in sets], [b for _, b in sets]
    alpha = masi_alpha(first, second)
    low, high = bootstrap.label_sets(first, second) if alpha is not None else (None, None)
    return AgreementRow(
        "",
        message("agreement.coders.overall"),
        *pair,
        notes=bootstrap.clusters,
        units=len(sets),
        positive_a=sum(map(bool, first)),
        positive_b=sum(map(bool, second)),
        positive_both=sum(bool(a and b) for a, b in sets),
        percent=percent_agreement(first, second),
        kappa=cohen_kappa(first, second),
        alpha=alpha,
        alpha_low=low,
        alpha_high=high,
        ac1=None,
        verdict=verdict(alpha, low, high),
    )
