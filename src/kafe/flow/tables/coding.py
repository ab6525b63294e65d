"""What the stage `coding` leaves: the codebook, people's codings and machines' suggestions, and how well they agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, TypedDict

from kafe.flow.tables.base import StageTables
from kafe.flow.tables.notes import ProblemRow, WaitingRow


class CodebookCodeRow(TypedDict):
    """The fields of `records.Code`."""

    id: str
    name: str
    parent: str
    definition: str
    include: list[str]
    exclude: list[str]
    examples: list[str]
    patterns: list[str]
    colour: str
    codable: bool
    counterexamples: list[str]
    owner: str
    status: str


class CodebookVersion(TypedDict):
    """Which codebook was read: its title and the hash of its content."""

    title: str
    version: str


class SuggestionRow(TypedDict):
    """The fields of `records.Suggestion`: a code that a rule or model thinks fits a unit, with its reason."""

    note_id: str
    start: int
    end: int
    code: str
    source: str
    reason: str
    score: float


class CodingRow(TypedDict):
    """The fields of `records.Coding`."""

    id: str
    note_id: str
    start: int
    end: int
    quote: str
    text_hash: str
    code: str
    coder: str
    at: str
    action: Literal["add", "remove"]
    memo: str
    origin: str
    codebook_version: str


class MemoRow(TypedDict):
    """The fields of `records.Memo`."""

    id: str
    target: str
    text: str
    author: str
    at: str


class TimelineRow(TypedDict):
    """A change of the codebook, in words."""

    at: str
    what: str
    who: str
    added: list[str]


class DriftRow(TypedDict):
    """The fields of `agreement.units.AgreementRow`: two codings of the same units; `code` empty: all codes together."""

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


class PairRow(DriftRow):
    """The same for two coders; `pair` says whether the second is a person (`human`) or the rules (`machine`)."""

    pair: str


class SpansRow(TypedDict):
    """The fields of `agreement.spans.SpanRow` with `pair` and the coders: how alike the same code was placed."""

    pair: str
    coder_a: str
    coder_b: str
    code: str
    name: str
    coders: list[str]
    notes: int
    characters: int
    spans: list[int]
    f1: float | None
    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None
    verdict: str


class TogetherRow(TypedDict):
    """The fields of `agreement.units.GroupRow`: three or more coders; `positives`: units that each gave the code."""

    code: str
    name: str
    coders: list[str]
    notes: int
    units: int
    positives: list[int]
    percent: float | None
    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None
    ac1: float | None
    verdict: str


class SettledRow(TypedDict):
    """Two coders and a code: places where they did the same, overlapped, differed, and how many differences are settled."""

    coder_a: str
    coder_b: str
    code: str
    name: str
    agree: int
    overlap: int
    only_a: int
    only_b: int
    differences: int
    settled: int


class LearningRow(TypedDict):
    """What the model learnt of a code: units, those people gave it, those suggested, and cross-validated figures.

    `human_f1` and `human_alpha` are those of people with each other. None: not measured.
    """

    code: str
    name: str
    state: str
    units: int
    positive: int
    suggested: int
    precision: float | None
    recall: float | None
    f1: float | None
    average_precision: float | None
    alpha: float | None
    human_f1: float | None
    human_alpha: float | None


class CountRow(TypedDict):
    """Notes with a code: given by people, and estimated for all notes with a 95 % interval.

    `kind` is `read` or `estimated`; `basis` is `draw` where the read notes are a random draw, else `model`.
    """

    code: str
    read: int
    notes_read: int
    notes: int
    estimate: float
    low: int
    high: int
    kind: str
    basis: str


class ModelAbout(TypedDict):
    """Which model suggested, and whether enough is coded to measure it."""

    source: str
    measured: bool


class BecameRow(TypedDict):
    """A withdrawn note and the note of today that it became by a correction of its source."""

    old: str
    new: str


@dataclass
class CodingTables(StageTables):
    """`suggestions` are the rules', `model_suggestions` the model's; `order`: notes in the order that teaches it most.

    `replaced`: ids of codings that a consensus replaces; `finished`: (coder, note id); `stale`: how many codings
    are of texts that have changed since; `followed`: how many acts followed a correction; `waiting`: those that
    wait to be relinked.
    """

    stage: ClassVar[str] = "coding"
    codes: list[CodebookCodeRow]
    codebook: CodebookVersion
    suggestions: list[SuggestionRow]
    codings: list[CodingRow]
    replaced: list[str]
    finished: list[list[str]]
    memos: list[MemoRow]
    timeline: list[TimelineRow]
    agreement: list[PairRow]
    spans: list[SpansRow]
    together: list[TogetherRow]
    drift: list[DriftRow]
    consensus: list[SettledRow]
    model_suggestions: list[SuggestionRow]
    learning: list[LearningRow]
    counts: list[CountRow]
    order: list[str]
    model: ModelAbout
    stale: int
    became: list[BecameRow]
    followed: int
    waiting: list[WaitingRow]
    problems: list[ProblemRow]
