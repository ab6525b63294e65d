"""What the stage `topics` leaves: notes matched to the codebook's definitions, and free topics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypedDict

from kafe.flow.tables.base import StageTables
from kafe.flow.tables.notes import ProblemRow


class AnchorRow(TypedDict):
    """A code that notes are matched to."""

    id: str
    name: str


class AnchoredRow(TypedDict):
    """A note that resembles a code's definition: cosine similarity, and how far it is above the next."""

    note_id: str
    theme: str
    name: str
    score: float
    margin: float


class AnchoredAbout(TypedDict):
    """The least similarity and the margin that were used, whether the threshold was calibrated, and the share of
    word-shuffled notes that get a theme, too."""

    threshold: float
    margin: float
    calibrated: bool
    by_chance: float | None


class UnassignedRow(TypedDict):
    """A note that resembles no definition enough."""

    note_id: str


class TopicRow(TypedDict):
    """The fields of `topics.records.Topic`, `unstable` and `pattern`; `words`: (word, weight), the weightiest first."""

    id: int
    name: str
    words: list[tuple[str, float]]
    size: int
    stability: float
    null_stability: float
    notes: list[str]
    lemmas: list[str]
    given: str
    seed: str
    decisions: list[str]
    locked: bool
    x: float
    y: float
    held_out: float | None
    unstable: bool
    pattern: bool


class AssignmentRow(TypedDict):
    """The fields of `topics.records.Assignment`; `topic` is -1 for a note in none."""

    note_id: str
    topic: int
    confidence: float
    distance: float
    far: bool
    reason: str
    x: float
    y: float


class CurveRow(TypedDict):
    """The fields of `topics.records.CurvePoint`: how stable `k` topics are, beside word-shuffled notes."""

    k: int
    stability: float
    null: float
    excess: float
    gain: float
    error: float


class HierarchyRow(TypedDict):
    """Topics or earlier steps `left` and `right` become `id`, at `height`."""

    id: int
    left: int
    right: int
    height: float
    size: int
    words: list[str]


class NoticeRow(TypedDict):
    """An analyst's decision that no longer fits: which, and what about it."""

    key: str
    decision: str
    about: dict[str, object]


class DensityRow(TypedDict):
    """What density clustering makes of the same notes."""

    clusters: int
    outlier_share: float
    agreement: float | None


class TopicsAbout(TypedDict):
    """How far the topics can be trusted; see `topics.records.TopicResult` and `topics.quality`."""

    status: str
    method: str
    k: int
    usable: int
    fewest: int
    equally_good: list[int]
    density_check: DensityRow | None
    non_answers: int
    empty: int
    duplicates: int
    written_standard_ami: float | None
    source_ami: float | None
    far_share: float
    warnings: list[str]
    topics: float
    npmi: float | None
    diversity: float | None
    coherence: float | None
    excess: float | None


class FreeTopics(TypedDict):
    """Free topics of a part of the notes; `alike`: ids of notes that resemble each other where there are few."""

    topics: list[TopicRow]
    assignments: list[AssignmentRow]
    curve: list[CurveRow]
    hierarchy: list[HierarchyRow]
    notices: list[NoticeRow]
    alike: list[list[str]]
    about: TopicsAbout


class BreakdownRow(TypedDict, total=False):
    """Notes of a topic with a value of a field; `notes` None: hidden, and `notes_shown` says how."""

    topic: str
    value: str
    notes: int | None
    share: float | None
    expected: float | None
    lift: float | None
    notes_shown: str


class ComparedRow(TypedDict):
    """The fields of `topics.compare.Compared`: a topic's notes in each of two sessions, and which has more."""

    topic: int
    name: str
    left: int
    right: int
    left_share: float
    right_share: float
    p: float
    verdict: str
    only_left: list[str]
    only_right: list[str]
    left_notes: list[str]
    right_notes: list[str]


class SessionsCompared(TypedDict, total=False):
    """The two sessions with most notes, the earlier `left`; empty where there are not two."""

    left: str
    right: str
    rows: list[ComparedRow]


@dataclass
class TopicsTables(StageTables):
    """`topics` to `about` are of all notes, `rest` of those that no definition explains.

    `breakdown`: field of the notes → topics by its values.
    """

    stage: ClassVar[str] = "topics"
    anchors: list[AnchorRow]
    anchored: list[AnchoredRow]
    anchored_about: AnchoredAbout
    unassigned: list[UnassignedRow]
    topics: list[TopicRow]
    assignments: list[AssignmentRow]
    curve: list[CurveRow]
    hierarchy: list[HierarchyRow]
    notices: list[NoticeRow]
    alike: list[list[str]]
    about: TopicsAbout
    breakdown: dict[str, list[BreakdownRow]]
    rest: FreeTopics
    compared: SessionsCompared
    problems: list[ProblemRow]
