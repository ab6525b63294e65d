"""What the stage `pilot` leaves: codes, topics and decisions brought together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypedDict

from kafe.flow.tables.base import StageTables
from kafe.flow.tables.notes import ProblemRow, WaitingRow
from kafe.origins import Origin


class DecisionRow(TypedDict):
    """The fields of `records.Decision`."""

    target: str
    fate: str
    reason: str
    who: str
    at: str
    element: str


class ConflictRow(TypedDict):
    """One of several decisions about the same note."""

    target: str
    fate: str


class LogRow(TypedDict):
    """A note in the innspillslogg: its themes by origin, and its fate with reason, who and when.

    `decided_fate` and `decided_on`: what was decided and about what; `conflict`: decisions that contradict.
    """

    note_id: str
    session: str
    date: str
    table: str
    question: str
    group: str
    municipality: str
    text: str
    votes: int
    themes_human: list[str]
    themes_rule: list[str]
    themes_anchor: list[str]
    themes_topic: list[str]
    fate: str
    decided_fate: str
    decided_on: str
    reason: str
    who: str
    when: str
    element: str
    element_title: str
    conflict: list[ConflictRow]
    source_file: str
    source_place: str


class TraceRow(TypedDict):
    """A proposal of the pilot and the notes on its theme: what they say to it, suggested, chosen, and set aside."""

    element: str
    element_title: str
    question: str
    responsible: str
    proposal: str
    text: str
    status: str
    builds_on: list[str]
    note_ids: list[str]
    suggested_ids: list[str]
    supports_ids: list[str]
    against_ids: list[str]
    condition_ids: list[str]
    problem_ids: list[str]
    other_ids: list[str]
    disputed_ids: list[str]
    unread_ids: list[str]
    notes: int
    supports: int
    against: int
    suggested: int
    groups: int
    sessions: int
    tables: int
    votes: int
    chosen_ids: list[str]
    set_aside_ids: list[str]
    unknown: list[str]
    without_notes: bool


class ProposalRow(TypedDict):
    """A proposal as it stands in `pilot.yaml`."""

    id: str
    text: str
    builds_on: list[str]
    status: str


class ElementRow(TypedDict):
    """A part of the pilot."""

    id: str
    title: str
    question: str
    responsible: str
    proposals: list[ProposalRow]


class StakeholderRow(TypedDict):
    """Someone whom the pilot concerns: how much affected, how much influence, and the groups of notes that are theirs."""

    id: str
    name: str
    side: str
    members: list[str]
    affected: int
    influence: int
    groups: list[str]


class IndicatorRow(TypedDict):
    """What the pilot is measured by, before and after; None where it is not measured."""

    indicator_id: str
    name: str
    type: str
    unit: str
    before: float | None
    before_date: str
    after: float | None
    after_date: str
    target: float | None
    target_date: str
    change: float | None
    movement: str
    reached: bool | None
    status: str
    source: str
    remark: str


class AbbreviationRow(TypedDict):
    """An abbreviation that the glossary does not explain, and how many notes have it."""

    short: str
    notes: int


@dataclass
class PilotTables(StageTables):
    """`memberships`: (note id, theme id, origin); `waiting`: decisions on notes that are corrected or gone."""

    stage: ClassVar[str] = "pilot"
    memberships: list[tuple[str, str, Origin]]
    decisions: list[DecisionRow]
    log: list[LogRow]
    trace: list[TraceRow]
    elements: list[ElementRow]
    stakeholders: list[StakeholderRow]
    indicators: list[IndicatorRow]
    unknown_abbreviations: list[AbbreviationRow]
    problems: list[ProblemRow]
    waiting: list[WaitingRow]
