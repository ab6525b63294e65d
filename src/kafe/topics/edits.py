"""What an analyst decided about topics, found again when the notes have changed: merge, split, name, lock.

A decision names topics by what they were made of when it was taken: their notes and their heaviest words.
Numbers of topics change from run to run; notes and words seldom do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kafe.topics.records import Notice, TopicResult

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Kind = Literal["merge", "split", "rename", "lock"]
SURE = 0.5
"""Share of a mark's notes that lie in one topic, from which the topic counts as found again."""
DOUBTFUL = 0.25
"""Below this share the words must tell; see `_find`."""
GROWN = 2.0
"""A topic this many times as large as when it was decided on is worth another look."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a topic is recognised: the ids of its notes and its heaviest words in norm form."""

    notes: tuple[str, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """An analyst's decision. `marks`: the topics to merge; the parts of a split; the one topic to name or lock."""

    id: str
    kind: Kind
    marks: tuple[Mark, ...]
    name: str = ""
    names: tuple[str, ...] = ()
    """Names of the parts of a split, in order; may be empty."""
    who: str = ""
    at: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Seed:
    """A topic that an analyst starts. `texts`: its description; `words`: words that belong to it.

    `given`: notes like it are taken out first (zero-shot); else it draws notes to itself (guided).
    """

    name: str
    texts: tuple[str, ...]
    words: tuple[str, ...] = ()
    given: bool = False


@dataclass(frozen=True, slots=True)
class Edits:
    """All an analyst decided: the number of topics (None: by stability), seeds and decisions in order."""

    topics: int | None = None
    seeds: tuple[Seed, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass
class Edited:
    """Labels after the decisions, and by label: names, decisions, locks; with what to look at again."""

    labels: NDArray[np.int64]
    names: dict[int, str] = field(default_factory=dict)
    decisions: dict[int, list[str]] = field(default_factory=dict)
    locked: set[int] = field(default_factory=set)
    notices: list[Notice] = field(default_factory=list)


def mark(result: TopicResult, topic: int) -> Mark:
    """Return how to recognise a topic of this result later. Raises KeyError for a topic it does not have."""
    found = next((one for one in result.topics if one.id == topic), None)
    if found is None:
        raise KeyError(topic)
    notes = sorted(note for note, row in result.assignments.items() if row.topic == topic)
    return Mark(tuple(notes), found.lemmas)


def apply(
    decisions: Sequence[Decision],
    ids: Sequence[str],
    labels: NDArray[np.int64],
    points: NDArray[np.float64],
    words: Sequence[Sequence[str]],
    repeats: Mapping[str, str] | None = None,
) -> Edited:
    """Return the labels with the decisions carried out in order, and notices on those that are doubtful.

    `ids`, `labels`, `points` and `words` are those of the notes that take part; `repeats` maps duplicates to
    the one of them they repeat. A merge gives all its topics
    one label; a name or a lock follows its topic; split and lock hold the notes of their marks together,
    and the other notes of the topics they come from go to the nearest centre. Notices: `not_found` (not
    carried out), `doubtful` (carried out on thin ground), `grown` (many notes came since).
    """
    state = Edited(labels.copy())
    place = {note: row for row, note in enumerate(ids)}
    place |= {note: place[kept] for note, kept in (repeats or {}).items() if kept in place}
    for decision in decisions:
        found = [_find(one, state.labels, place, words) for one in decision.marks]
        lost = [number for number, (label, _) in enumerate(found) if label is None]
        shares = [share for label, share in found if label is not None]
        if len(lost) == len(found) or (decision.kind == "merge" and len(found) - len(lost) < 2):
            state.notices.append(Notice("not_found", decision.id, {"kind": decision.kind}))
            continue
        thin = bool(lost) or min(shares) < SURE
        if thin:
            state.notices.append(
                Notice("doubtful", decision.id, {"kind": decision.kind, "share": round(min(shares), 2)})
            )
        targets = {number: label for number, (label, _) in enumerate(found) if label is not None}
        if decision.kind in ("split", "lock"):
            targets = _hold(decision, state, place, points, set(targets.values()))
        elif decision.kind == "merge":
            _merge(state, list(targets.values()))
            targets = dict([next(iter(targets.items()))])
        _note(decision, state, targets)
        for number, label in targets.items():
            merged = decision.marks if decision.kind == "merge" else (decision.marks[number],)
            before, now = sum(len(part.notes) for part in merged), int((state.labels == label).sum())
            if not thin and now >= GROWN * before:
                state.notices.append(
                    Notice("grown", decision.id, {"kind": decision.kind, "before": before, "now": now})
                )
    return state


def _find(
    one: Mark, labels: NDArray[np.int64], place: Mapping[str, int], words: Sequence[Sequence[str]]
) -> tuple[int | None, float]:
    """Return the label that holds most of the mark's notes and their share; by words when few are left."""
    import numpy as np

    rows = [place[note] for note in one.notes if note in place]
    known = len(rows) / len(one.notes) if one.notes else 0.0
    if rows:
        held = np.bincount(labels[rows])
        best = int(held.argmax())
        share = known * float(held[best]) / len(rows)
        if share >= DOUBTFUL:
            return best, share
    by_words = _by_words(one.words, labels, words)
    return (by_words, 0.0) if by_words is not None else (None, 0.0)


def _by_words(wanted: Sequence[str], labels: NDArray[np.int64], words: Sequence[Sequence[str]]) -> int | None:
    """Return the label under which more than half of all notes with these words lie; None without one."""
    import numpy as np

    sought = set(wanted)
    hits = np.array([len(sought.intersection(row)) for row in words], dtype=float)
    if not sought or hits.sum() < len(sought):
        return None
    held = np.bincount(labels, weights=hits)
    best = int(held.argmax())
    return best if held[best] > held.sum() / 2 else None


def _merge(state: Edited, targets: Sequence[int]) -> None:
    into, others = targets[0], set(targets[1:]) - {targets[0]}
    for label in sorted(others):
        state.labels[state.labels == label] = into
        state.decisions.setdefault(into, []).extend(state.decisions.pop(label, []))
        if label in state.locked:
            state.locked.discard(label)
            state.locked.add(into)
        state.names.setdefault(into, state.names.pop(label, ""))


def _hold(
    decision: Decision,
    state: Edited,
    place: Mapping[str, int],
    points: NDArray[np.float64],
    sources: set[int],
) -> dict[int, int]:
    """Return number of the mark → the new label that its notes have got.

    The other notes of the topics they left (`sources`) go to the nearest centre.
    """
    import numpy as np
    from scipy.spatial.distance import cdist

    held: dict[int, int] = {}
    before = state.labels.copy()
    fixed = np.zeros(len(before), dtype=bool)
    following = int(before.max()) + 1
    for number, one in enumerate(decision.marks):
        rows = [place[note] for note in one.notes if note in place]
        if rows:
            state.labels[rows], fixed[rows] = following, True
            held[number] = following
            following += 1
    loose = np.flatnonzero(np.isin(before, sorted(sources)) & ~fixed)
    others = [int(label) for label in np.unique(state.labels[~np.isin(before, sorted(sources))])]
    choices = sorted({*held.values(), *others})
    if len(loose) and choices:
        stays = np.isin(np.arange(len(before)), loose, invert=True)
        centres = np.stack([points[(state.labels == label) & stays].mean(axis=0) for label in choices])
        state.labels[loose] = np.array(choices)[cdist(points[loose], centres).argmin(axis=1)]
    first = next(iter(held.values()), None)
    for source in sorted(sources):
        if first is not None and not (state.labels == source).any():
            state.names.setdefault(first, state.names.pop(source, ""))
            state.decisions.setdefault(first, []).extend(state.decisions.pop(source, []))
            state.locked.discard(source)
    return held


def _note(decision: Decision, state: Edited, targets: Mapping[int, int]) -> None:
    for number, label in targets.items():
        state.decisions.setdefault(label, []).append(decision.id)
        own = decision.names[number] if number < len(decision.names) else ""
        if name := own or (decision.name if decision.kind != "split" else ""):
            state.names[label] = name
        if decision.kind == "lock":
            state.locked.add(label)
