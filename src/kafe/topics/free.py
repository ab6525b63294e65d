"""Free topics: found without a codebook, stable or said not to be, from one note to thousands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kafe.topics import engine, stability
from kafe.topics.embed import embed
from kafe.topics.records import Assignment, Status, Topic, TopicResult
from kafe.topics.words import content_words, fingerprint, is_non_answer, likening

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

FEWEST = 15
FEW = 50
"""Below this many usable notes the shuffled ones are nearly as stable, so topics are never called clear."""
CLEAR = 0.1
SHOWN_WORDS = 10
NAME_WORDS = 3
TYPICAL_NOTES = 5


def free_topics(
    ids: Sequence[str],
    texts: Sequence[str],
    lemmas: Sequence[Sequence[str]] | None = None,
    *,
    seed: int = 0,
    n_topics: int | None = None,
    language: Sequence[str] | None = None,
    source: Sequence[str] | None = None,
    surface: Mapping[str, str] | None = None,
) -> TopicResult:
    """Return the free topics of the notes, their doubts included.

    Non-answers, notes without content words and duplicates are set aside and accounted for (a duplicate
    gets the topic of the note it repeats). With fewer than `FEWEST` notes left there are no topics
    (`too_few`). Else: `embed` → 15 principal components → k-means inside BERTopic, k by gain in
    stability over word-shuffled notes (`stability.choose`) unless `n_topics` is given. No candidate above what shuffled notes reach: one
    topic (`none_clear`); little above it, or under `FEW` notes: `uncertain`; else `clear`.
    `language` and `source` (one a note, empty: unknown) are only for the figures on what topics follow.
    `surface` maps lemma → the form to show. The order of the notes makes no difference.
    """
    from threadpoolctl import threadpool_limits

    for name, column in (("texts", texts), ("lemmas", lemmas), ("language", language), ("source", source)):
        if column is not None and len(column) != len(ids):
            raise ValueError(f"{len(ids)} ids but {len(column)} {name}")
    if len(set(ids)) != len(ids):
        raise ValueError("ids must be unique")
    if n_topics is not None and n_topics < 1:
        raise ValueError("n_topics must be at least 1")
    words = dict(zip(ids, content_words(texts, lemmas), strict=True))
    aside, duplicates, kept = _usable(dict(zip(ids, texts, strict=True)), words)
    if len(kept) < FEWEST:
        placed = {note: Assignment(note, -1, reason="too_few") for note in kept}
        return _result("too_few", 0, (), placed, aside, duplicates)
    rows = [words[note] for note in kept]
    alike = [likening(row) for row in rows]
    with threadpool_limits(1):
        points = stability.reduced(embed([" ".join(row) for row in alike], lemmas=alike, seed=seed))
        ks = (min(n_topics, len(kept)),) if n_topics is not None else stability.candidates(len(kept))
        choice = stability.choose(alike, points, ks, seed)
        status = _status(choice, len(kept), given=n_topics is not None)
        k = 1 if status == "none_clear" else choice.k
        labels, weights, terms = engine.fit(rows, points, k, seed)
        labels, weights = _renumber(labels, weights)
        stable = stability.overlap(labels, stability.subsample_labels(points, int(labels.max()) + 1, seed))
        centres = _centres(points, labels)
        close, distance = stability.margins(points, centres)
    placed = {
        note: Assignment(
            note,
            int(labels[row]),
            confidence=round(float(close[row]), 4),
            distance=round(float(distance[row]), 4),
            far=k > 1 and float(close[row]) < choice.null_margin,
        )
        for row, note in enumerate(kept)
    }
    repeats = Counter(int(placed[note].topic) for note in duplicates.values() if note in placed)
    topics = tuple(
        Topic(
            id=topic,
            name=", ".join(form for form, _ in shown[:NAME_WORDS]),
            words=tuple(shown),
            size=int((labels == topic).sum()) + repeats[topic],
            stability=round(float(stable[topic]), 4),
            null_stability=choice.null_overlap if k > 1 else 1.0,
            notes=tuple(_typical(kept, labels, distance, topic)),
            lemmas=tuple(heaviest),
        )
        for topic in range(len(centres))
        for heaviest, shown in [_describe(rows, labels, topic, weights, terms, surface or {})]
    )
    return _result(
        status,
        len(topics),
        topics,
        placed,
        aside,
        duplicates,
        curve=choice.curve,
        null_spread=choice.null_spread,
        malform_ami=_follows(ids, placed, language),
        source_ami=_follows(ids, placed, source),
    )


def _usable(
    texts: Mapping[str, str], words: Mapping[str, Sequence[str]]
) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """Return note → reason for those set aside, duplicate → kept note, and the kept ids in order."""
    aside: dict[str, str] = {}
    duplicates: dict[str, str] = {}
    first: dict[str, str] = {}
    for note in sorted(texts):
        if is_non_answer(texts[note]):
            aside[note] = "non_answer"
        elif not words[note]:
            aside[note] = "no_content"
        elif (kept := first.setdefault(fingerprint(texts[note]), note)) != note:
            duplicates[note] = kept
    return aside, duplicates, list(first.values())


def _status(choice: stability.Choice, notes: int, *, given: bool) -> Status:
    above = choice.gain - max(0.0, choice.null_spread)
    if above <= 0:
        return "uncertain" if given else "none_clear"
    return "clear" if above > CLEAR and notes >= FEW else "uncertain"


def _renumber(labels: NDArray[np.int64], weights: csr_matrix) -> tuple[NDArray[np.int64], csr_matrix]:
    """Return labels and rows numbered by falling size, then by first note."""
    import numpy as np

    present, first, counts = np.unique(labels, return_index=True, return_counts=True)
    order = np.lexsort((first, -counts))
    new = np.empty(int(present.max()) + 1, dtype=np.int64)
    new[present[order]] = np.arange(len(present))
    return new[labels], weights[order]


def _centres(points: NDArray[np.float64], labels: NDArray[np.int64]) -> NDArray[np.float64]:
    import numpy as np

    return np.stack([points[labels == topic].mean(axis=0) for topic in range(int(labels.max()) + 1)])


def _typical(
    kept: Sequence[str], labels: NDArray[np.int64], distance: NDArray[np.float64], topic: int
) -> list[str]:
    members = [row for row in range(len(kept)) if labels[row] == topic]
    return [
        kept[row] for row in sorted(members, key=lambda row: (round(float(distance[row]), 6), kept[row]))
    ][:TYPICAL_NOTES]


def _describe(
    rows: Sequence[Sequence[str]],
    labels: NDArray[np.int64],
    topic: int,
    weights: csr_matrix,
    terms: Sequence[str],
    surface: Mapping[str, str],
) -> tuple[list[str], list[tuple[str, float]]]:
    """Return the topic's heaviest lemmas and their shown forms with weight.

    Words of a single note are passed over when at least `NAME_WORDS` are shared by two notes or more.
    """
    own = weights[topic].toarray()[0]
    ranked = sorted((index for index in own.nonzero()[0]), key=lambda index: (-own[index], terms[index]))
    notes = Counter(
        word for row, label in zip(rows, labels, strict=True) if label == topic for word in set(row)
    )
    shared = [index for index in ranked if notes[terms[index]] > 1]
    heaviest: list[str] = []
    shown: dict[str, float] = {}
    for index in shared if len(shared) >= NAME_WORDS else ranked:
        form = surface.get(terms[index], terms[index])
        if form not in shown and len(shown) < SHOWN_WORDS:
            shown[form] = round(float(own[index]), 4)
            heaviest.append(terms[index])
    return heaviest, list(shown.items())


def _follows(
    ids: Sequence[str], placed: Mapping[str, Assignment], values: Sequence[str] | None
) -> float | None:
    """Return the adjusted mutual information of topics and a property of notes; None when it is not known."""
    from sklearn.metrics import adjusted_mutual_info_score

    pairs = [
        (placed[note].topic, value)
        for note, value in sorted(zip(ids, values or (), strict=False))
        if value and note in placed
    ]
    if not pairs:
        return None
    topics, known = zip(*pairs, strict=True)
    if len(set(topics)) < 2 or len(set(known)) < 2:
        return 0.0
    return round(float(adjusted_mutual_info_score(known, topics)), 4)


def _result(
    status: Status,
    k: int,
    topics: tuple[Topic, ...],
    placed: Mapping[str, Assignment],
    aside: Mapping[str, str],
    duplicates: Mapping[str, str],
    **more: object,
) -> TopicResult:
    assignments = dict(placed)
    for note, reason in aside.items():
        assignments[note] = Assignment(note, -1, reason=reason)
    for note, kept in duplicates.items():
        same = placed[kept]
        assignments[note] = Assignment(
            note, same.topic, same.confidence, same.distance, same.far, same.reason or "duplicate"
        )
    return TopicResult(
        status=status,
        k=k,
        topics=topics,
        assignments={note: assignments[note] for note in sorted(assignments)},
        non_answers=tuple(note for note, reason in aside.items() if reason == "non_answer"),
        empty=tuple(note for note, reason in aside.items() if reason == "no_content"),
        duplicates=duplicates,
        usable=len(placed),
        **more,  # type: ignore[arg-type]
    )
