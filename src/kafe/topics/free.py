"""Free topics: found without a codebook, stable or said not to be, from one note to a hundred thousand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kafe.threads import one_thread
from kafe.topics.class_tfidf import class_tfidf
from kafe.topics.edits.carry_out import Edited, carry_out
from kafe.topics.edits.records import Edits
from kafe.topics.grouping.arrangement import hierarchy, plane, renumbered
from kafe.topics.grouping.cluster import (
    MINI_BATCH,
    centres_of,
    density_check,
    margins,
    reduced,
    settle,
    starts,
)
from kafe.topics.grouping.number_of_topics import NumberOfTopics, candidates, choose
from kafe.topics.grouping.seeds import pull_to_seeds, seed_words, seeded
from kafe.topics.grouping.similar_groups import similar_groups
from kafe.topics.grouping.stability import (
    TOPIC_SUBSAMPLES,
    masks,
    overlap,
    overlaps,
    subsample_labels,
    without_each,
)
from kafe.topics.inputs import TopicInput, TopicOptions
from kafe.topics.naming import words_of
from kafe.topics.records import FEWEST, Assignment, MergeStep, Status, Topic, TopicResult
from kafe.topics.vectors.embedder import Embedder
from kafe.topics.words.prepared import PreparedNotes, prepared_notes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEW = 50
"""Below this many usable notes the shuffled ones are nearly as stable, so topics are never called clear."""
NAME_WORDS = 3
TYPICAL_NOTES = 5
TELLING, PER_WORD = 3, 0.15
"""A typical note is this much nearer for each of the topic's words that it holds, up to so many."""
READABLE = 200
"""Characters from which a note is too long to stand for a topic."""


@dataclass(frozen=True)
class _Groups:
    """Topics before they are described: what the search, the analyst and the seeds say of them."""

    choice: NumberOfTopics
    status: Status
    edited: Edited
    seeds: Mapping[int, str]


def free_topics(
    notes: TopicInput,
    *,
    options: TopicOptions | None = None,
    embedder: Embedder | None = None,
    edits: Edits | None = None,
) -> TopicResult:
    """Return the free topics of the notes, their doubts included.

    Non-answers, notes without content words and duplicates are set aside and accounted for (a duplicate
    gets the topic of the note it repeats). With fewer than `FEWEST` notes left there are no topics
    (`too_few`), only groups of notes that resemble each other. Else: vectors (`embedder`, by default the
    bundled hybrid with the seed of `options`) → 15 principal components of unit length → Ward's tree →
    k-means from its cuts → the analyst's decisions (`edits`) → words by BERTopic. k by gain in stability over
    word-shuffled notes (`number_of_topics.choose`) unless `options` or `edits` give it.

    Notes that vary together no more than shuffled ones, and whose groups are on average no more stable:
    one topic (`none_clear`). Groups more stable than `number_of_topics.CHANCE` of shufflings would give, of at
    least `FEW` notes: `clear`. Else `uncertain`. The order of the notes makes no difference.
    """
    options, edits = options or TopicOptions(), edits or Edits()
    if options.n_topics is None:
        options = replace(options, n_topics=edits.topics)
    embedder = embedder or Embedder(seed=options.seed)
    ready = prepared_notes(notes)
    if len(ready.kept) < FEWEST:
        if repeated := _repeated(ready):
            return repeated
        placed = {note: Assignment(note, -1, reason="too_few") for note in ready.kept}
        with one_thread():
            return _result("too_few", (), placed, ready, alike=similar_groups(ready, embedder))
    with one_thread():
        nearest = seeded(ready, edits.seeds, options.seed)
        points = reduced(pull_to_seeds(ready, edits.seeds, nearest, embedder))
        groups = _groups(ready, points, nearest, edits, options, embedder)
        topics, placed, tree = _described(ready, points, groups, edits, options.seed)
        checked = density_check(points, groups.edited.labels) if len(topics) > 1 else None
    return _result(
        groups.status,
        topics,
        placed,
        ready,
        curve=groups.choice.curve,
        null_spread=groups.choice.null_spread,
        varied_together=groups.choice.varied_together,
        equally_good=groups.choice.equally_good,
        written_standard_ami=_follows(notes.ids, placed, notes.languages),
        source_ami=_follows(notes.ids, placed, notes.sources),
        method="mini_batch" if len(ready.kept) >= MINI_BATCH else "ward",
        hierarchy=tree,
        density_check=checked,
        notices=tuple(groups.edited.notices),
    )


def _groups(
    notes: PreparedNotes,
    points: NDArray[np.float64],
    nearest: NDArray[np.int64],
    edits: Edits,
    options: TopicOptions,
    embedder: Embedder,
) -> _Groups:
    """Return the topics: notes of given seeds first, the others by k-means, then the analyst's decisions.

    `nearest`: number of the seed each note resembles, or -1.
    """
    import numpy as np

    given = [number for number, one in enumerate(edits.seeds) if one.given]
    labels = np.where(np.isin(nearest, given), nearest, -1)
    if (labels < 0).sum() < FEWEST:
        labels[:] = -1
    loose = np.flatnonzero(labels < 0)
    wanted = options.n_topics
    ks = (min(wanted, len(loose)),) if wanted is not None else candidates(len(loose))
    choice = choose([notes.similarity_words[row] for row in loose], ks, options.seed, embedder)
    status = _status(choice, len(loose), given=wanted is not None)
    k = 1 if status == "none_clear" else choice.k
    found = settle(points[loose], starts(points[loose], [k])[k], options.seed)[0]
    labels[loose] = found + len(edits.seeds)
    names = {number: edits.seeds[number].name for number in given if (labels == number).any()}
    for number, one in enumerate(edits.seeds):
        held = np.bincount(labels[loose][nearest[loose] == number])
        if not one.given and len(held):
            names.setdefault(int(held.argmax()), one.name)
    edited = carry_out(edits.decisions, notes, labels, points)
    return _Groups(choice, status, edited, names)


def _status(choice: NumberOfTopics, notes: int, *, given: bool) -> Status:
    if choice.gain > max(0.0, choice.null_spread):
        return "clear" if notes >= FEW else "uncertain"
    return "uncertain" if given or choice.varied_together or choice.evenly_stable else "none_clear"


def _described(
    notes: PreparedNotes, points: NDArray[np.float64], groups: _Groups, edits: Edits, seed: int
) -> tuple[tuple[Topic, ...], dict[str, Assignment], tuple[MergeStep, ...]]:
    """Return the topics by falling size with words and doubts, each note's place, and the hierarchy."""
    import numpy as np

    old, labels = renumbered(groups.edited.labels)
    count = len(old)
    weights, terms = class_tfidf(notes.words, points, labels, seed_words(edits.seeds))
    centres = centres_of(points, labels)
    close, distance = margins(points, centres)
    own = np.linalg.norm(points - centres[labels], axis=1)
    stable, held_out = _repeats(points, labels, notes.places, seed)
    flat = plane(centres)
    counts = np.bincount(labels).tolist()
    places, spots = points @ flat, centres @ flat
    placed = {
        note: Assignment(
            note,
            int(labels[row]),
            confidence=round(float(close[row]), 4),
            distance=round(float(own[row]), 4),
            far=count > 1 and float(distance[row]) > groups.choice.null_distance,
            x=round(float(places[row, 0]), 4),
            y=round(float(places[row, 1]), 4),
        )
        for row, note in enumerate(notes.kept)
    }
    sizes = Counter(
        placed[kept].topic for kept in (*notes.kept, *notes.duplicates.values()) if kept in placed
    )
    described = words_of(weights, terms, notes.words, labels, notes.forms)
    topics = []
    for topic, label in enumerate(old):
        lemmas, shown = described[topic]
        given = groups.edited.names.get(label, "")
        topics.append(
            Topic(
                id=topic,
                name=given
                or groups.seeds.get(label, "")
                or ", ".join(form for form, _ in shown[:NAME_WORDS]),
                words=shown,
                size=sizes[topic],
                stability=round(float(stable[topic]), 4),
                null_stability=round(groups.choice.null_overlap(counts[topic] / len(labels)), 4)
                if count > 1
                else 1.0,
                notes=_typical(notes, labels, own, topic, lemmas),
                lemmas=lemmas,
                given=given,
                seed=groups.seeds.get(label, ""),
                decisions=tuple(dict.fromkeys(groups.edited.decisions.get(label, ()))),
                locked=label in groups.edited.locked,
                x=round(float(spots[topic, 0]), 4),
                y=round(float(spots[topic, 1]), 4),
                held_out=None if held_out is None else round(float(held_out[topic]), 4),
            )
        )
    tree = hierarchy(centres, counts, [[form for form, _ in topic.words] for topic in topics])
    return tuple(topics), placed, tree


def _repeats(
    points: NDArray[np.float64], labels: NDArray[np.int64], places: Sequence[str], seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64] | None]:
    """Return how well each topic is found again: in subsamples on average, and at worst with one place left out.

    Analysts' decisions make topics that k-means does not: the number of groups is that of the topics.
    """
    k = int(labels.max()) + 1
    stable = overlap(
        labels, subsample_labels(points, [k], masks(len(points), seed, TOPIC_SUBSAMPLES), seed)[k]
    )
    rows = without_each(places) if len(points) < MINI_BATCH else []
    if not rows:
        return stable, None
    return stable, overlaps(labels, subsample_labels(points, [k], rows, seed)[k]).min(axis=0)


def _typical(
    notes: PreparedNotes,
    labels: NDArray[np.int64],
    distance: NDArray[np.float64],
    topic: int,
    words: Sequence[str],
) -> tuple[str, ...]:
    """Return the notes that tell a reader what the topic is: near its middle, and with the words that describe it."""
    members = [row for row in range(len(notes.kept)) if labels[row] == topic]
    shown = set(words)

    def apart(row: int) -> float:
        held = min(TELLING, len(shown & set(notes.words[row])))
        long = max(0, len(notes.texts[row]) - READABLE) / READABLE
        return round(float(distance[row]) - PER_WORD * held + long, 6)

    ranked = sorted(members, key=lambda row: (apart(row), notes.kept[row]))
    return tuple(notes.kept[row] for row in ranked[:TYPICAL_NOTES])


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


def _repeated(notes: PreparedNotes) -> TopicResult | None:
    """Return the notes that `FEWEST` or more say in the same words as topics; None where there are none."""
    copies = Counter(notes.duplicates.values())
    often = sorted((note for note in copies if copies[note] + 1 >= FEWEST), key=lambda n: (-copies[n], n))
    if not often:
        return None
    placed = {note: Assignment(note, -1, reason="too_few") for note in notes.kept}
    topics = []
    for number, note in enumerate(often):
        placed[note] = Assignment(note, number, confidence=1.0)
        own = tuple(dict.fromkeys(notes.words[notes.kept.index(note)]))
        shown = tuple((notes.forms.get(word, word), 1.0) for word in own)
        name = ", ".join(form for form, _ in shown[:NAME_WORDS])
        topics.append(Topic(number, name, shown, copies[note] + 1, 1.0, 0.0, (note,), own))
    return _result("repeated", tuple(topics), placed, notes)


def _result(
    status: Status,
    topics: tuple[Topic, ...],
    placed: Mapping[str, Assignment],
    notes: PreparedNotes,
    **more: object,
) -> TopicResult:
    assignments = dict(placed)
    for note, reason in notes.aside.items():
        assignments[note] = Assignment(note, -1, reason=reason)
    for note, kept in notes.duplicates.items():
        same = placed[kept]
        assignments[note] = replace(same, note_id=note, reason=same.reason or "duplicate")
    return TopicResult(
        status=status,
        k=len(topics),
        topics=topics,
        assignments={note: assignments[note] for note in sorted(assignments)},
        non_answers=tuple(note for note, reason in notes.aside.items() if reason == "non_answer"),
        empty=tuple(note for note, reason in notes.aside.items() if reason == "no_content"),
        duplicates=notes.duplicates,
        usable=len(placed),
        **more,  # type: ignore[arg-type]
    )
