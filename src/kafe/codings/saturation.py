"""Saturation: how many new codes each new table brings, and whether more tables would bring more.

The rule is that of Guest, Namey & Chen (2020), A simple method to assess and report thematic saturation in
qualitative research, PLOS ONE 15(5): e0232076: new codes in the last `run` events, over the codes of the
first `base` events, is at most a threshold. An event is here what a table said in a meeting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Literal

from kafe.records import Coding, Note, Suggestion
from kafe.stats import percentile, random_orders
from kafe.strings import natural_key

BASE, RUN, THRESHOLD = 4, 2, 0.05
NOTES_BASE, NOTES_RUN = 20, 10
"""Our choice where there are too few tables and each note counts as an event."""
ORDERS = 500
LOOSE = 10
"""Notes in an event where no note has a table."""
By = Literal["table", "note"]
State = Literal["too_few", "reached", "lost", "not_reached"]


@dataclass(frozen=True, slots=True)
class SaturationEvent:
    """What one table said in one meeting: the notes that were read, and the codes put on them."""

    label: str
    session: str
    table: str
    note_ids: tuple[str, ...]
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class SaturationStep:
    """After `number` events: codes seen for the first time in this one, and in all so far.

    `middle`, `low` and `high` are the mean and the middle 95 % of that total over random orders.
    """

    number: int
    label: str
    new: int
    total: int
    middle: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Saturation:
    """The curve and the verdict.

    `state`: `reached` holds at the end, `lost` held earlier but later events brought too many new codes,
    `not_reached` never held, `too_few` there are fewer than base + run events. `at` is the number of
    events after which the rule held for the first time (the run included; 0: never). `ratio` is that of
    the last run, `orders` the share of random orders whose last run keeps the rule.
    """

    steps: tuple[SaturationStep, ...]
    state: State
    at: int
    base_codes: int
    last_new: int
    ratio: float | None
    orders: float | None
    base: int = BASE
    run: int = RUN
    threshold: float = THRESHOLD


def events(
    items: Iterable[Coding | Suggestion], notes: Mapping[str, Note], *, by: By = "table"
) -> list[SaturationEvent]:
    """Return the events of the notes in order of date, session and table; by `note`, each note is one.

    Give only notes that somebody has read, in the order of their source. Notes without a table are
    put together in the order they come, as many as a usual table has (the median), within a session.
    """
    codes: dict[str, set[str]] = {note_id: set() for note_id in notes}
    for item in items:
        if item.note_id in codes:
            codes[item.note_id].add(item.code)
    began: dict[str, str] = {}
    for note in notes.values():
        began[note.session] = min(note.date, began.get(note.session, note.date))
    ordered = sorted(
        notes.values(),
        key=lambda note: (began[note.session], note.session, not note.table, natural_key(note.table)),
    )
    groups = [
        (key, [note.id for note in found])
        for key, found in groupby(ordered, key=lambda note: (note.session, note.table))
    ]
    sizes = [len(ids) for (_, table), ids in groups if table]
    size = max(round(median(sizes)), 1) if sizes else LOOSE
    if by == "note":
        size = 1
    found = []
    for (session, table), ids in groups:
        pieces = (
            [ids] if table and by == "table" else [ids[at : at + size] for at in range(0, len(ids), size)]
        )
        for number, piece in enumerate(pieces, 1):
            label = table or str(number)
            mine = frozenset().union(*(codes[note_id] for note_id in piece))
            found.append(SaturationEvent(label, session, table, tuple(piece), mine))
    return found


def saturate(
    found: Sequence[SaturationEvent],
    *,
    seed: int,
    base: int = BASE,
    run: int = RUN,
    threshold: float = THRESHOLD,
) -> Saturation:
    """Return the curve over the events as they came, its band over random orders, and the verdict.

    `base` and `run` are numbers of events, `threshold` a share from 0 to 1. The same seed gives the same band.
    """
    totals = _totals([event.codes for event in found])
    shuffled = _shuffled([event.codes for event in found], seed)
    steps = []
    for place, event in enumerate(found):
        drawn = sorted(order[place] for order in shuffled)
        new = totals[place] - (totals[place - 1] if place else 0)
        middle = sum(drawn) / len(drawn)
        low, high = percentile(drawn, 0.025), percentile(drawn, 0.975)
        steps.append(SaturationStep(place + 1, event.label, new, totals[place], middle, low, high))
    if len(found) < base + run or not totals[base - 1]:
        return Saturation(tuple(steps), "too_few", 0, 0, 0, None, None, base, run, threshold)
    held = [
        number
        for number in range(base + run, len(found) + 1)
        if _ratio(totals[:number], base, run) <= threshold
    ]
    state: State = "not_reached" if not held else "reached" if held[-1] == len(found) else "lost"
    keeping = sum(_ratio(order, base, run) <= threshold for order in shuffled)
    return Saturation(
        steps=tuple(steps),
        state=state,
        at=held[0] if held else 0,
        base_codes=totals[base - 1],
        last_new=totals[-1] - totals[-1 - run],
        ratio=_ratio(totals, base, run),
        orders=keeping / len(shuffled),
        base=base,
        run=run,
        threshold=threshold,
    )


def coverage(found: Sequence[SaturationEvent], codes: Collection[str]) -> float | None:
    """Return the share (0 to 1) of what is said, by how often it is, that the codes met so far hold; None for none.

    Good–Turing coverage of incidence data, from codes met in one event and in two: Chao & Jost (2012), Ecology
    93:2533–2547, equation 4a with tables for plots. Give the codes that were made while coding.
    """
    met = Counter(code for event in found for code in event.codes if code in codes)
    if not met:
        return None
    once, twice = (sum(times == number for times in met.values()) for number in (1, 2))
    events, whole = len(found), sum(met.values())
    if not once:
        return 1.0
    spare = (events - 1) * once
    return 1 - once / whole * (spare / (spare + 2 * twice) if spare + twice else 1.0)


def _ratio(totals: Sequence[int], base: int, run: int) -> float:
    """Return new codes in the last run over the codes of the base; infinite where the base has none."""
    new = totals[-1] - totals[-1 - run]
    return new / totals[base - 1] if totals[base - 1] else float("inf")


def _totals(codes: Iterable[frozenset[str]]) -> list[int]:
    seen: set[str] = set()
    found = []
    for some in codes:
        seen |= some
        found.append(len(seen))
    return found


def _shuffled(codes: Sequence[frozenset[str]], seed: int) -> list[list[int]]:
    """Return the totals of the events in random orders: a code is met where it first stands in the order."""
    import numpy as np

    if not codes:
        return []
    known = sorted(frozenset().union(*codes))
    holds = np.array([[code in some for code in known] for some in codes], bool)
    orders = []
    for order in random_orders(len(codes), ORDERS, seed):
        first = holds[order].argmax(axis=0)
        orders.append(np.bincount(first, minlength=len(codes)).cumsum().tolist())
    return orders
