"""What people have said about units: yes where they put the code, no only where they were done or refused it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kafe.agreement import effective_codings
from kafe.origins import CONSENSUS_CODER, Act, Origin, origin, parse_origin
from kafe.records import Coding, Unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Judgements:
    """Who said what: coder → whether they put the code (`said`) and whether silence is a no (`known`).

    Arrays are (units × codes), in the order that was given. `settled` is where people have reached a
    consensus.
    """

    said: Mapping[str, NDArray[np.bool_]]
    known: Mapping[str, NDArray[np.bool_]]
    settled: NDArray[np.bool_]
    shape: tuple[int, int]

    def voices(self) -> list[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
        """Return what each said and where it counts: after a consensus only what was agreed."""
        return [
            (self.said[coder], known if coder == CONSENSUS_CODER else known & ~self.settled)
            for coder, known in self.known.items()
        ]

    def counts(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return how many voices said yes, and how many said yes or no, each (units × codes)."""
        import numpy as np

        yes, asked = np.zeros(self.shape), np.zeros(self.shape)
        for said, known in self.voices():
            yes += said & known
            asked += known
        return yes, asked


def judge(
    codings: Iterable[Coding],
    finished: Iterable[tuple[str, str]],
    units: Sequence[Unit],
    codes: Sequence[str],
    history: Iterable[Coding] = (),
) -> Judgements:
    """Return what each person said about each unit and code; a coding counts for every unit it overlaps.

    `finished` holds (coder, note id). `history` holds all events in order; where
    the latest about a place refuses a suggestion, that is a no. Where people have agreed (see
    `kafe.agreement.effective`), only that is to count. Machines are left out.
    """
    import numpy as np

    marks = {(mark[0], mark[1]) for mark in finished}
    given, past = list(codings), list(history)
    agreed = effective_codings(given, marks, past)
    column = {code: place for place, code in enumerate(codes)}
    rows: dict[str, list[int]] = defaultdict(list)
    for row, unit in enumerate(units):
        rows[unit.note_id].append(row)
    shape = (len(units), len(codes))
    said: dict[str, NDArray[np.bool_]] = defaultdict(lambda: np.zeros(shape, dtype=bool))
    known: dict[str, NDArray[np.bool_]] = defaultdict(lambda: np.zeros(shape, dtype=bool))
    for coder, note_id in sorted(marks):
        known[coder][rows.get(note_id, [])] = True
    decided = np.zeros(shape, dtype=bool)
    decided[[row for note_id in sorted(agreed.notes) for row in rows.get(note_id, ())]] = True
    for coding in given:
        if origin(coding) is Origin.HUMAN and coding.code in column:
            places = _touched(coding, units, rows), column[coding.code]
            said[coding.coder][places] = known[coding.coder][places] = True
            if coding.coder == CONSENSUS_CODER or agreed.replaces(coding):
                decided[places] = known[CONSENSUS_CODER][places] = True
    latest = {(event.coder, event.note_id, event.start, event.end, event.code): event for event in past}
    for event in latest.values():
        if event.code in column and parse_origin(event.origin).act is Act.REFUSED:
            known[event.coder][_touched(event, units, rows), column[event.code]] = True
    return Judgements(
        {coder: said[coder] for coder in sorted(known)}, dict(sorted(known.items())), decided, shape
    )


def citable_notes(
    finished: Iterable[tuple[str, str]], assigned: Mapping[str, Iterable[str]] | None = None
) -> set[str]:
    """Return the notes whose codings may be shown in a reason: no one who is to code them is still blind.

    Those who are to code a note are the people it is assigned to; for a note assigned to nobody, all who
    have finished any note.
    """
    done: dict[str, set[str]] = defaultdict(set)
    for coder, note_id in finished:
        if coder != CONSENSUS_CODER:
            done[note_id].add(coder)
    everyone = set().union(*done.values()) if done else set()
    waiting: dict[str, set[str]] = defaultdict(set)
    for coder, note_ids in (assigned or {}).items():
        for note_id in note_ids:
            waiting[note_id].add(coder)
    return {note_id for note_id, who in done.items() if waiting.get(note_id, everyone) <= who}


def _touched(coding: Coding, units: Sequence[Unit], rows: Mapping[str, Sequence[int]]) -> list[int]:
    return [
        row
        for row in rows.get(coding.note_id, ())
        if coding.start < units[row].end and units[row].start < coding.end
    ]
