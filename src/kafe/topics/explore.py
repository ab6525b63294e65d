"""Other numbers of topics, quickly: what notes would look like in more or fewer groups, and how good each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kafe.threads import one_thread
from kafe.topics.grouping.arrangement import hierarchy, renumbered
from kafe.topics.grouping.cluster import centres_of, reduced, settle, starts
from kafe.topics.grouping.stability import masks, overlap
from kafe.topics.inputs import TopicInput
from kafe.topics.naming import words_of
from kafe.topics.quality import coherence, diversity, npmi
from kafe.topics.records import FEWEST
from kafe.topics.vectors.embedder import Embedder
from kafe.topics.words.prepared import prepared_notes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

MOST = 40
NOTES_PER_TOPIC = 5
NAME_WORDS = 3
TYPICAL_NOTES = 3


@dataclass(frozen=True)
class Grouping:
    """The notes in `k` groups, largest first, and the proxies of the whole.

    `topics`: rows of id, name, words, size, stability (mean best Jaccard overlap across subsamples) and
    notes (ids of the most typical). `quality`: npmi, diversity, coherence (`kafe.topics.quality`) and
    stability, the mean of the topics' by size.
    """

    k: int
    topics: list[dict[str, Any]]
    quality: dict[str, float]


class Explorer:
    """The notes of one corpus, prepared once, so that any number of topics takes a moment.

    `numbers`: the numbers of topics that may be asked for; empty below `FEWEST` usable notes. Groups are
    those of `free_topics` for the same number, before an analyst's decisions.
    """

    def __init__(self, notes: TopicInput, *, seed: int = 0, embedder: Embedder | None = None):
        self._notes = prepared_notes(notes)
        self._seed = seed
        self._views: dict[tuple[int, bool], Grouping] = {}
        self._labels: dict[int, NDArray[np.int64]] = {}
        usable = len(self._notes.kept)
        most = min(MOST, usable // NOTES_PER_TOPIC)
        self.numbers: range = range(2, most + 1) if usable >= FEWEST else range(0)
        if not self.numbers:
            return
        with one_thread():
            vectors = (embedder or Embedder(seed=seed)).embed(self._notes.lines)
            self._points = reduced(vectors)
            self._starts = starts(self._points, self.numbers)
            self._samples = [(rows, starts(self._points[rows], self.numbers)) for rows in masks(usable, seed)]
            self._terms, self._counts = _counted(self._notes.words)

    def at(self, k: int, *, nested: bool = False) -> Grouping:
        """Return the notes in k groups; the same question is answered from memory.

        `nested`: instead of grouping anew for each k, the finest groups are joined, the most similar first,
        so that fewer topics are always whole topics put together. Raises ValueError for a k that is not
        in `numbers`.
        """

        if k not in self.numbers:
            raise ValueError(f"{k} is not among the numbers of topics that these notes allow")
        if (k, nested) not in self._views:
            with one_thread():
                labels = self._joined(k) if nested else self._grouped(k)
                self._views[k, nested] = self._view(k, renumbered(labels)[1])
        return self._views[k, nested]

    def curve(self, numbers: Sequence[int], *, nested: bool = False) -> list[dict[str, float]]:
        """Return one row for each number: k and the proxies."""
        return [{"k": k, **self.at(k, nested=nested).quality} for k in numbers]

    def _grouped(self, k: int) -> NDArray[np.int64]:
        if k not in self._labels:
            self._labels[k] = settle(self._points, self._starts[k], self._seed)[0]
        return self._labels[k]

    def _joined(self, k: int) -> NDArray[np.int64]:
        """Return the finest groups with the first merges of their hierarchy carried out."""
        import numpy as np

        labels = renumbered(self._grouped(self.numbers[-1]))[1].copy()
        count = int(labels.max()) + 1
        sizes = np.bincount(labels).tolist()
        merges = hierarchy(centres_of(self._points, labels), sizes, [()] * count)
        for merge in merges[: max(0, count - k)]:
            labels[(labels == merge.left) | (labels == merge.right)] = merge.id
        return labels

    def _view(self, k: int, labels: NDArray[np.int64]) -> Grouping:
        import numpy as np

        weights = _class_tf_idf(self._counts, labels)
        described = words_of(weights, self._terms, self._notes.words, labels, self._notes.forms)
        samples = []
        for rows, centres in self._samples:
            own = np.full(len(labels), -1, dtype=np.int64)
            own[rows] = settle(self._points[rows], centres[k], self._seed)[0]
            samples.append(own)
        stable = overlap(labels, samples)
        away = np.linalg.norm(self._points - centres_of(self._points, labels)[labels], axis=1)
        sizes = np.bincount(labels)
        topics = [
            {
                "id": topic,
                "name": ", ".join(form for form, _ in shown[:NAME_WORDS]),
                "words": [form for form, _ in shown],
                "size": int(sizes[topic]),
                "stability": round(float(stable[topic]), 4),
                "notes": [
                    self._notes.kept[row]
                    for row in sorted(
                        np.flatnonzero(labels == topic).tolist(), key=lambda row: (round(away[row], 6), row)
                    )[:TYPICAL_NOTES]
                ],
            }
            for topic, (_, shown) in enumerate(described)
        ]
        lemmas = [own for own, _ in described]
        quality = {
            "npmi": npmi(lemmas, self._notes.words),
            "diversity": diversity(lemmas),
            "coherence": coherence(lemmas),
            "stability": float(np.average(stable, weights=sizes)),
        }
        return Grouping(k, topics, {key: round(value, 4) for key, value in quality.items()})


def _counted(words: Sequence[Sequence[str]]) -> tuple[list[str], csr_matrix]:
    """Return the terms in order and how often each note has each."""
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(analyzer=list)
    counts = vectorizer.fit_transform(words)
    return list(vectorizer.get_feature_names_out()), counts


def _class_tf_idf(counts: csr_matrix, labels: NDArray[np.int64]) -> csr_matrix:
    """Return c-TF-IDF with frequent words held down, a row for each group (Grootendorst 2022).

    As BERTopic's `ClassTfidfTransformer(reduce_frequent_words=True)`, which takes seconds to import.
    """
    import numpy as np
    from scipy.sparse import csr_matrix, diags
    from sklearn.preprocessing import normalize

    groups = int(labels.max()) + 1
    inside = csr_matrix((np.ones(len(labels)), (labels, np.arange(len(labels)))), (groups, len(labels)))
    by_group = (inside @ counts).tocsr()
    average = int(by_group.sum(axis=1).mean())
    spread = np.log(average / np.asarray(by_group.sum(axis=0)).ravel() + 1)
    share = normalize(by_group.astype(float), norm="l1")
    share.data = np.sqrt(share.data)
    return (share @ diags(spread)).tocsr()
