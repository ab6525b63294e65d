"""An analyst's decisions carried out on new labels: topics are found again by their notes and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kafe.topics.edits.records import TopicDecision, TopicMark
from kafe.topics.records import Notice
from kafe.topics.words.prepared import PreparedNotes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SURE = 0.5
"""Share of a mark's notes that lie in one topic, from which the topic counts as found again."""
DOUBTFUL = 0.25
"""Below this share the words must tell; see `_find`."""
GROWN = 2.0
"""A topic this many times as large as when it was decided on is worth another look."""


@dataclass
class Edited:
    """Labels after the decisions, and by label: names, decisions, locks; with what to look at again."""

    labels: NDArray[np.int64]
    names: dict[int, str] = field(default_factory=dict)
    decisions: dict[int, list[str]] = field(default_factory=dict)
    locked: set[int] = field(default_factory=set)
    notices: list[Notice] = field(default_factory=list)


def carry_out(
    decisions: Sequence[TopicDecision],
    notes: PreparedNotes,
    labels: NDArray[np.int64],
    points: NDArray[np.float64],
) -> Edited:
    """Return the labels with the decisions carried out in order, and notices on those that are doubtful.

    `labels` and `points` are those of the kept notes. A merge gives all its topics one label; a name or a
    lock follows its topic; split and lock hold the notes of their marks together, and the other notes of the
    topics they come from go to the nearest centre. Notices: `not_found` (not carried out), `doubtful`
    (carried out on thin ground), `grown` (many notes came since).
    """
    state = Edited(labels.copy())
    place = {note: row for row, note in enumerate(notes.kept)}
    place |= {note: place[kept] for note, kept in notes.duplicates.items() if kept in place}
    for decision in decisions:
        found = [_find(one, state.labels, place, notes.words) for one in decision.marks]
        targets = {number: label for number, (label, _) in enumerate(found) if label is not None}
        if len(targets) < (2 if decision.kind == "merge" else 1):
            state.notices.append(Notice("not_found", decision.id, {"kind": decision.kind}))
            continue
        share = min(share for label, share in found if label is not None)
        sure = len(targets) == len(found) and share >= SURE
        if not sure:
            about = {"kind": decision.kind, "share": round(share, 2)}
            state.notices.append(Notice("doubtful", decision.id, about))
        if decision.kind in ("split", "lock"):
            targets = _hold(decision, state, place, points, set(targets.values()))
        elif decision.kind == "merge":
            _merge(state, list(targets.values()))
            targets = dict([next(iter(targets.items()))])
        _note(decision, state, targets)
        if sure:
            state.notices += _grown(decision, state.labels, targets)
    return state


def _grown(decision: TopicDecision, labels: NDArray[np.int64], targets: Mapping[int, int]) -> list[Notice]:
    """Return a notice for each topic (number of the mark → label) that has grown much since it was decided on."""
    notices = []
    for number, label in targets.items():
        marks = decision.marks if decision.kind == "merge" else (decision.marks[number],)
        before, now = sum(len(part.notes) for part in marks), int((labels == label).sum())
        if now >= GROWN * before:
            about = {"kind": decision.kind, "before": before, "now": now}
            notices.append(Notice("grown", decision.id, about))
    return notices


def _find(
    one: TopicMark, labels: NDArray[np.int64], place: Mapping[str, int], words: Sequence[Sequence[str]]
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
    decision: TopicDecision,
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


def _note(decision: TopicDecision, state: Edited, targets: Mapping[int, int]) -> None:
    for number, label in targets.items():
        state.decisions.setdefault(label, []).append(decision.id)
        own = decision.names[number] if number < len(decision.names) else ""
        if name := own or (decision.name if decision.kind != "split" else ""):
            state.names[label] = name
        if decision.kind == "lock":
            state.locked.add(label)
