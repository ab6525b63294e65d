"""What the topic room returns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Status = Literal["too_few", "none_clear", "uncertain", "clear"]


@dataclass(frozen=True, slots=True)
class Topic:
    """A free topic. `stability` and `null_stability`: mean best Jaccard overlap across subsamples, 0 to 1.

    `words` are (shown form, c-TF-IDF weight), heaviest first; `notes` the ids of the most typical notes.
    `size` counts notes, duplicates included. A topic is unstable when it repeats no better than chance.
    """

    id: int
    name: str
    words: tuple[tuple[str, float], ...]
    size: int
    stability: float
    null_stability: float
    notes: tuple[str, ...]
    lemmas: tuple[str, ...] = ()

    @property
    def unstable(self) -> bool:
        """Whether subsamples find the topic again no better than topics of word-shuffled notes."""
        return self.stability <= self.null_stability


@dataclass(frozen=True, slots=True)
class Assignment:
    """The topic of one note, or -1. `confidence` is 1 - own/next centroid distance, in [0, 1].

    `far`: no closer to its topic than the lowest quarter of word-shuffled notes are to theirs.
    `reason` says why a note has no topic (`non_answer`, `no_content`, `too_few`), or `duplicate`.
    """

    note_id: str
    topic: int
    confidence: float = 0.0
    distance: float = 0.0
    far: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One candidate number of topics: agreement (AMI) of subsamples, the same without themes, difference.

    `gain` is the excess as a share of what was left above the null: 0 as without themes, 1 perfect.
    """

    k: int
    stability: float
    null: float
    excess: float
    gain: float


@dataclass(frozen=True)
class TopicResult:
    """Free topics with what is needed to doubt them.

    `status` is a key under `topics.status`. `non_answers`, `empty` and `duplicates` (id → kept id)
    account for the notes that did not take part. `malform_ami` and `source_ami` say how much topics
    follow written standard and source (adjusted mutual information; None where not known).
    """

    status: Status
    k: int
    topics: tuple[Topic, ...]
    assignments: Mapping[str, Assignment]
    curve: tuple[CurvePoint, ...] = ()
    null_spread: float = 0.0
    non_answers: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    duplicates: Mapping[str, str] = field(default_factory=dict)
    usable: int = 0
    malform_ami: float | None = None
    source_ami: float | None = None

    @property
    def far_share(self) -> float:
        """The share of notes with a topic that lie far from it; 0 without topics."""
        placed = [row for row in self.assignments.values() if row.topic >= 0]
        return sum(row.far for row in placed) / len(placed) if placed else 0.0

    @property
    def warnings(self) -> tuple[str, ...]:
        """Keys under `topics.warning` for what a reader must know: `written_standard`, `source`, `far`."""
        flags = (
            ("written_standard", (self.malform_ami or 0) > CONFOUNDED),
            ("source", (self.source_ami or 0) > CONFOUNDED),
            ("far", self.far_share > MANY_FAR),
        )
        return tuple(key for key, raised in flags if raised)


CONFOUNDED = 0.05
MANY_FAR = 0.3
