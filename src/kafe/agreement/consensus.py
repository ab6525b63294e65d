"""Consensus: what coders put side by side, differences first, and the events that settle them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kafe.codebook.changes import earlier_ids
from kafe.messages import message
from kafe.origins import (
    CONSENSUS_CODER,
    Act,
    EventOrigin,
    before_recoding,
    consensus,
    parse_origin,
    reopened_consensus,
)
from kafe.records import Coding, KafeError, Note, Unit, text_hash

Kind = Literal["only", "some", "overlap", "agree"]
Outcome = Literal["agree", "drop", "keep"]
KINDS: tuple[Kind, ...] = ("only", "some", "overlap", "agree")


@dataclass(frozen=True, slots=True)
class Settlement:
    """What coders agreed about a row: on one `span` (`agree`; empty: the row's own), on each coder's (`keep`), or not at all (`drop`).

    `who` decided.
    """

    outcome: Outcome
    who: str
    span: tuple[int, int] | None = None
    reason: str = ""

    @property
    def memo(self) -> str:
        """What is stored as the memo of its codings."""
        return f"{self.who}: {self.reason}" if self.reason else self.who


@dataclass(frozen=True, slots=True)
class ComparedCode:
    """One code at one place: who put it there and who did not.

    `agree`: all did, on the same words; `overlap`: all did, on words that overlap; `only`: one did;
    `some`: several did, but not all. `start` and `end` span all their codings. `settled` says what was
    agreed: that the code stands on one span (`agree`), on each coder's (`keep`), or not at all (`drop`).
    `known_as` are the ids of the codings, those from before a change of the codebook too.
    """

    note_id: str
    start: int
    end: int
    code: str
    kind: Kind
    coders: tuple[str, ...]
    without: tuple[str, ...]
    codings: tuple[Coding, ...]
    settled: Outcome | Literal[""] = ""
    known_as: frozenset[str] = frozenset()

    @property
    def discussion(self) -> str:
        """The target of the memo that leaves the row for discussion: its first coding, so that it is found there."""
        return f"coding:{self.codings[0].id}"

    def settled_by(self, event: Coding) -> bool:
        """Return whether an event of the consensus settles this row."""
        same = event.note_id == self.note_id and event.code == self.code
        said = _first_origin(event)
        return same and said.act is Act.AGREED and not self.known_as.isdisjoint(said.codings)

    def agreed(self, standing: Iterable[Coding]) -> list[Coding]:
        """Return those of the standing codings that were agreed about this row."""
        return [one for one in standing if one.coder == CONSENSUS_CODER and self.settled_by(one)]

    def settle(
        self,
        settlement: Settlement,
        note: Note,
        *,
        standing: Iterable[Coding] = (),
        codebook_version: str = "",
    ) -> list[Coding]:
        """Return the events that settle the row, without ids and times.

        A settlement that drops the code is a removal, kept as the record of what was agreed. What was agreed
        about the row before (among `standing`) is taken away. The coders' own codings are not touched.
        Raises KafeError when the note's text has changed since they were made.
        """
        if any(one.text_hash != text_hash(note.text) for one in self.codings):
            raise KafeError(
                message("agreement.consensus.stale", id=note.id),
                remedy=message("agreement.consensus.stale_remedy"),
            )
        origin = consensus(one.id for one in self.codings)
        drops = settlement.outcome == "drop"
        spans = sorted({(one.start, one.end) for one in self.codings})
        if settlement.outcome == "agree":
            spans = [settlement.span or (self.start, self.end)]
        elif drops:
            spans = spans[:1]
        made = [
            Coding(
                id="",
                note_id=note.id,
                start=start,
                end=end,
                quote=note.text[start:end],
                text_hash=text_hash(note.text),
                code=self.code,
                coder=CONSENSUS_CODER,
                at="",
                action="remove" if drops else "add",
                memo=settlement.memo,
                origin=origin,
                codebook_version=codebook_version,
            )
            for start, end in spans
        ]
        removals = [
            replace(one, id="", at="", action="remove", memo=settlement.memo, origin=origin)
            for one in self.agreed(standing)
            if drops or (one.start, one.end) not in spans
        ]
        return removals + made

    def reopen(self, standing: Iterable[Coding] = ()) -> list[Coding]:
        """Return the events, without ids and times, that take back what was agreed, as if it never was.

        What stands of it (among `standing`) is removed; where nothing does, one removal says so.
        """
        taken = self.agreed(standing) or [replace(self.codings[0], coder=CONSENSUS_CODER, memo="")]
        origin = reopened_consensus(one.id for one in self.codings)
        return [replace(one, id="", at="", action="remove", origin=origin) for one in taken]


def compare_codings(
    codings: Iterable[Coding],
    coders: Sequence[str],
    *,
    history: Iterable[Coding] = (),
    units: Iterable[Unit] = (),
) -> list[ComparedCode]:
    """Return what the coders put side by side: by note, open differences first, then by place.

    Codings of one code that overlap, directly or through others, are one row. With `units` two spans are
    the same when they touch the same units. `history`, of the coders and of the consensus, is where earlier
    settlements are found. Only notes that all of the coders have finished should be given: elsewhere no coding does not mean no.
    """
    of_unit: dict[str, list[Unit]] = {}
    for unit in units:
        of_unit.setdefault(unit.note_id, []).append(unit)
    past = list(history)
    settled, earlier = settlements(past), earlier_ids(past)
    groups: dict[tuple[str, str], list[Coding]] = {}
    for coding in codings:
        if coding.coder in coders:
            groups.setdefault((coding.note_id, coding.code), []).append(coding)
    rows = [
        _row(cluster, coders, of_unit.get(note_id, ()), settled, earlier)
        for (note_id, _), found in groups.items()
        for cluster in _clusters(found)
    ]
    return sorted(
        rows,
        key=lambda row: (
            row.note_id,
            bool(row.settled) or row.kind == "agree",
            KINDS.index(row.kind),
            row.start,
            row.end,
            row.code,
        ),
    )


def _clusters(codings: Sequence[Coding]) -> list[list[Coding]]:
    clusters: list[list[Coding]] = []
    reach = -1
    for coding in sorted(codings, key=lambda one: (one.start, one.end, one.coder)):
        if clusters and coding.start < reach:
            clusters[-1].append(coding)
        else:
            clusters.append([coding])
            reach = -1
        reach = max(reach, coding.end)
    return clusters


def _row(
    cluster: Sequence[Coding],
    coders: Sequence[str],
    units: Sequence[Unit],
    settled: Mapping[str, Outcome],
    earlier: Mapping[str, frozenset[str]],
) -> ComparedCode:
    who = tuple(coder for coder in coders if any(one.coder == coder for one in cluster))
    covered = {coder: {_place(one, units) for one in cluster if one.coder == coder} for coder in who}
    kind: Kind = "overlap"
    if len(who) < len(coders):
        kind = "only" if len(who) == 1 else "some"
    elif all(places == covered[who[0]] for places in covered.values()):
        kind = "agree"
    outcomes: set[Outcome | Literal[""]] = {settled.get(one.id, "") for one in cluster}
    return ComparedCode(
        cluster[0].note_id,
        min(one.start for one in cluster),
        max(one.end for one in cluster),
        cluster[0].code,
        kind,
        who,
        tuple(coder for coder in coders if coder not in who),
        tuple(sorted(cluster, key=lambda one: (coders.index(one.coder), one.start, one.end))),
        outcomes.pop() if len(outcomes) == 1 else "",
        frozenset().union(*({one.id} | earlier.get(one.id, frozenset()) for one in cluster)),
    )


def _place(coding: Coding, units: Sequence[Unit]) -> tuple[tuple[int, int], ...]:
    touched = tuple(
        sorted(
            (unit.start, unit.end) for unit in units if coding.start < unit.end and unit.start < coding.end
        )
    )
    return touched or ((coding.start, coding.end),)


def settled_without_reason(event: Coding) -> bool:
    """Return whether the memo of an event only says who settled it, without a reason."""
    return event.coder == CONSENSUS_CODER and ": " not in event.memo


def _first_origin(event: Coding) -> EventOrigin:
    return parse_origin(before_recoding(event.origin))


def settlements(history: Iterable[Coding]) -> dict[str, Outcome]:
    """Return coding id → what was last agreed about it, also under the ids that operations have given it.

    The events of one settlement share time and origin: one addition for each span that stands.
    """
    past = list(history)
    earlier = earlier_ids(past)
    batches: dict[tuple[str, ...], tuple[str, list[Coding]]] = {}
    latest: dict[str, tuple[str, ...]] = {}
    for event in past:
        said = _first_origin(event)
        if event.coder == CONSENSUS_CODER and said.act is Act.REOPENED:
            for coding_id in said.codings:
                for one in {coding_id} | earlier.get(coding_id, frozenset()):
                    latest.pop(one, None)
        if event.coder != CONSENSUS_CODER or said.act is not Act.AGREED:
            continue
        at, events = batches.get(said.codings, ("", []))
        batches[said.codings] = (event.at, [*(events if event.at == at else []), event])
        latest.update(dict.fromkeys(said.codings, said.codings))
    outcome: dict[str, Outcome] = {}
    for coding_id, about in latest.items():
        added = sum(event.action == "add" for event in batches[about][1])
        outcome[coding_id] = "drop" if not added else "agree" if added == 1 else "keep"
    for coding_id, before in earlier.items():
        for one in before & outcome.keys():
            outcome.setdefault(coding_id, outcome[one])
    return outcome


@dataclass(frozen=True, slots=True)
class ConsensusProgress:
    """How far the talk about a code has come: rows by kind, and how many differences are settled."""

    code: str
    agree: int
    overlap: int
    some: int
    only: tuple[int, ...]
    settled: int

    @property
    def differences(self) -> int:
        """The number of rows in which the coders did not do the same."""
        return self.overlap + self.some + sum(self.only)


def consensus_progress(rows: Iterable[ComparedCode], coders: Sequence[str]) -> list[ConsensusProgress]:
    """Return what the comparisons come to for each code, most open differences first."""
    by_code: dict[str, list[ComparedCode]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    found = [
        ConsensusProgress(
            code,
            agree=sum(row.kind == "agree" for row in own),
            overlap=sum(row.kind == "overlap" for row in own),
            some=sum(row.kind == "some" for row in own),
            only=tuple(sum(row.kind == "only" and row.coders == (coder,) for row in own) for coder in coders),
            settled=sum(bool(row.settled) and row.kind != "agree" for row in own),
        )
        for code, own in by_code.items()
    ]
    return sorted(found, key=lambda one: (one.settled - one.differences, one.code))
