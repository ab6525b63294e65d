"""What comes of looking for free topics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Status = Literal["too_few", "repeated", "none_clear", "uncertain", "clear"]
FEWEST = 15
"""With fewer usable notes no topics are sought."""
DISSOLVED, FOUND_AGAIN, STABLE = 0.5, 0.6, 0.75
"""Hennig (2007), Computational Statistics & Data Analysis 52:258–271: below .5 a cluster is dissolved, below .6 a cluster is not to be trusted, from
.75 on it is valid and stable, between them there is a pattern whose notes are doubtful."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A free topic. `stability`: mean best Jaccard overlap across subsamples, 0 to 1 (Hennig 2007).

    `null_stability`: what the stability of topics of its size in word-shuffled notes stays below, all but one in
    twenty. `held_out`: the lowest overlap when all notes of one place (`TopicInput.places`) are left out; None where
    places are not known. `words` are (shown form, c-TF-IDF weight), heaviest first; `notes` the ids of the most
    typical notes. `size` counts notes, duplicates included.
    `given`: the name an analyst gave it; `seed`: the theme it was started from (guided, zero-shot);
    `decisions`: the analyst's decisions that shaped it; `locked`: whether one holds it together.
    `x`, `y`: its place on the map of the result.
    """

    id: int
    name: str
    words: tuple[tuple[str, float], ...]
    size: int
    stability: float
    null_stability: float
    notes: tuple[str, ...]
    lemmas: tuple[str, ...] = ()
    given: str = ""
    seed: str = ""
    decisions: tuple[str, ...] = ()
    locked: bool = False
    x: float = 0.0
    y: float = 0.0
    held_out: float | None = None

    @property
    def unstable(self) -> bool:
        """Whether nothing says that the topic is more than chance, or more than one place.

        A topic that dissolves when one place is left out is that place's.
        """
        dissolved = self.held_out is not None and self.held_out < DISSOLVED
        return self.stability <= self.null_stability or self.stability < FOUND_AGAIN or dissolved

    @property
    def pattern(self) -> bool:
        """Whether the topic is found again, but not as one would expect of a stable one (`STABLE`)."""
        return not self.unstable and self.stability < STABLE


@dataclass(frozen=True, slots=True)
class Assignment:
    """The topic of one note, or -1. `confidence` is 1 - own/next centroid distance, in [0, 1].

    `far`: further from its topic than nine tenths of word-shuffled notes are from theirs.
    `reason` says why a note has no topic (`non_answer`, `no_content`, `too_few`), or `duplicate`.
    `x`, `y`: the note's place on the map, where topics lie apart; no unit.
    """

    note_id: str
    topic: int
    confidence: float = 0.0
    distance: float = 0.0
    far: bool = False
    reason: str = ""
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One candidate number of topics: agreement (AMI) of subsamples, the same without themes, difference.

    `gain` is the excess as a share of what was left above the null: 0 as without themes, 1 perfect.
    `error`: the standard error of `gain`, from leaving out one subsample at a time and from the shufflings.
    """

    k: int
    stability: float
    null: float
    excess: float
    gain: float
    error: float = 0.0


@dataclass(frozen=True, slots=True)
class MergeStep:
    """One step of the hierarchy: topics or earlier merges `left` and `right` become `id`, at `height`.

    Topics have their own ids; merges are numbered on from the number of topics. `height` is Ward's
    distance, never falling; `size` counts the notes below; `words` describe them together.
    """

    id: int
    left: int
    right: int
    height: float
    size: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DensityCheck:
    """What density clustering (HDBSCAN) makes of the same notes: its clusters, outliers, and agreement (AMI).

    `agreement` is over the notes that it gives a cluster; None when it finds fewer than two.
    """

    clusters: int
    outlier_share: float
    agreement: float | None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about an analyst's decision on topics that a person should look at.

    `key` is a text under `topics.notice`; `decision` the decision's id, `about` its values.
    """

    key: str
    decision: str
    about: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class TopicResult:
    """Free topics with what is needed to doubt them.

    `status` is a key under `topics.status`, `method` one under `topics.method`. `non_answers`, `empty`
    and `duplicates` (id → kept id) account for the notes that did not take part. `written_standard_ami` and
    `source_ami` say how much topics follow written standard and source (adjusted mutual information;
    None where not known). `equally_good`: numbers of topics that stability cannot tell apart.
    `alike`: below the fewest notes for topics, groups of notes that resemble each other.
    `varied_together`: notes resemble each other more than word-shuffled ones. `null_spread`: the gain
    that notes without themes stay below.
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
    written_standard_ami: float | None = None
    source_ami: float | None = None
    method: str = "none"
    equally_good: tuple[int, ...] = ()
    varied_together: bool = False
    hierarchy: tuple[MergeStep, ...] = ()
    density_check: DensityCheck | None = None
    notices: tuple[Notice, ...] = ()
    alike: tuple[tuple[str, ...], ...] = ()

    @property
    def fewest(self) -> int:
        """The least number of usable notes that topics are sought in."""
        return FEWEST

    @property
    def far_share(self) -> float:
        """The share of notes with a topic that lie far from it; 0 without topics."""
        placed = [row for row in self.assignments.values() if row.topic >= 0]
        return sum(row.far for row in placed) / len(placed) if placed else 0.0

    @property
    def warnings(self) -> tuple[str, ...]:
        """Keys under `topics.warning` for what a reader must know: `written_standard`, `source`, `far`."""
        flags = (
            ("written_standard", (self.written_standard_ami or 0) > CONFOUNDED),
            ("source", (self.source_ami or 0) > CONFOUNDED),
            ("far", self.far_share > MANY_FAR),
        )
        return tuple(key for key, raised in flags if raised)


CONFOUNDED = 0.05
MANY_FAR = 0.3
