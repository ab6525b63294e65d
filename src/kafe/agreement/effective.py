"""Which codings count: what people have agreed on where they have, each person's own elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kafe.agreement.consensus import settlements
from kafe.origins import CONSENSUS_CODER
from kafe.records import Coding


@dataclass(frozen=True, slots=True)
class EffectiveCodings:
    """What a consensus has settled: whole `notes`, and elsewhere the `codings` (ids) that it replaces."""

    notes: frozenset[str]
    codings: frozenset[str]

    def counts(self, coding: Coding) -> bool:
        """Return whether a coding counts."""
        return coding.coder == CONSENSUS_CODER or not self.replaces(coding)

    def replaces(self, coding: Coding) -> bool:
        """Return whether people have agreed about what this coding says, so that it no longer counts."""
        own = coding.coder != CONSENSUS_CODER
        return own and (coding.note_id in self.notes or coding.id in self.codings)


def effective_codings(
    codings: Sequence[Coding], finished: Iterable[tuple[str, str]], history: Iterable[Coding]
) -> EffectiveCodings:
    """Return what the consensus has settled of the standing `codings`.

    A note that the consensus has finished is settled whole. Elsewhere a coding is settled when it was
    decided on (`history` has the events of people and consensus), or the consensus has the same code on
    some of the same words. Where nothing is decided, each person's own codings count.
    """
    notes = frozenset(note_id for coder, note_id, *_ in finished if coder == CONSENSUS_CODER)
    agreed: dict[tuple[str, str], list[Coding]] = defaultdict(list)
    for coding in codings:
        if coding.coder == CONSENSUS_CODER:
            agreed[coding.note_id, coding.code].append(coding)
    outcomes = settlements(history)
    return EffectiveCodings(
        notes,
        frozenset(
            one.id
            for one in codings
            if one.coder != CONSENSUS_CODER
            if one.id in outcomes
            or any(one.start < other.end and other.start < one.end for other in agreed[one.note_id, one.code])
        ),
    )
