"""How well topics and anchored themes meet labels that people gave, as one set of figures."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kafe.messages import message
from kafe.records import KafeError
from kafe.threads import one_thread
from kafe.topics.anchors import Anchor, anchored
from kafe.topics.evaluation.labelled import Labelled
from kafe.topics.free import free_topics
from kafe.topics.grouping.stability import kmeans
from kafe.topics.inputs import TopicInput, TopicOptions
from kafe.topics.quality import topic_quality
from kafe.topics.records import TopicResult
from kafe.topics.vectors.embedder import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Lemmatiser = Callable[[Sequence[str]], list[list[str]]]
Figures = dict[str, float | int | str | None]

SEEDS = 3
"""Runs of k-means at the true number of labels; their mean is given."""
TOP = 3


def evaluate(
    data: Labelled,
    anchors: Sequence[Anchor] = (),
    *,
    lemmatise: Lemmatiser,
    embedder: Embedder | None = None,
) -> Figures:
    """Return the figures of the default recipe on labelled texts; what cannot be had is None.

    `ami`, `nmi`, `v`: the recipe's own topics against the labels, notes without topic as one more group
    (V-measure is NMI with the arithmetic mean). `ami_true_k`, `nmi_true_k`: k-means at the number of
    labels on the smoothed vectors, mean of `SEEDS` seeds. `stability`, `excess_stability`: mean AMI of
    subsamples at the chosen k, and that minus the same on word-shuffled notes. `outlier_share`: notes
    without a topic; `far_share`: notes far from theirs. `seconds`: the recipe, lemmas included, imports
    and loading not. With `anchors`: see `anchored_figures`.
    """
    from sklearn.metrics import adjusted_mutual_info_score, normalized_mutual_info_score, v_measure_score

    embedder = embedder or Embedder(seed=1)
    texts, labels = list(data.texts), list(data.labels)
    ids = [f"{row:07}" for row in range(len(texts))]
    _import_engine()
    lemmatise(texts[:1])
    started = time.perf_counter()
    lemmas = lemmatise(texts)
    notes = TopicInput(ids, texts, lemmas)
    found = free_topics(notes, options=TopicOptions(seed=embedder.seed), embedder=embedder)
    seconds = time.perf_counter() - started
    topics = [found.assignments[note].topic for note in ids]
    quality = topic_quality(found, lemmas)
    point = next((point for point in found.curve if point.k == found.k), None)
    figures: Figures = {
        "rows": len(texts),
        "skipped": data.skipped,
        "labels": len(set(labels)),
        "status": found.status,
        "k": found.k,
        "ami": _round(adjusted_mutual_info_score(labels, topics)) if texts else None,
        "nmi": _round(normalized_mutual_info_score(labels, topics)) if texts else None,
        "v": _round(v_measure_score(labels, topics)) if texts else None,
        **_at_true_k(texts, labels, embedder),
        "npmi": quality["npmi"] if found.topics else None,
        "diversity": quality["diversity"] if found.topics else None,
        "stability": point.stability if point else None,
        "excess_stability": point.excess if point else None,
        "outlier_share": _outliers(found),
        "far_share": quality["far_share"],
        "seconds": round(seconds, 2),
    }
    if anchors:
        figures |= anchored_figures(texts, labels, anchors, seed=embedder.seed)
    return figures


def anchored_figures(
    texts: Sequence[str], labels: Sequence[str], anchors: Sequence[Anchor], *, seed: int = 1
) -> Figures:
    """Return how often the anchor of a note's label scores highest, or among the three highest.

    Over the notes whose label is an anchor's code (`anchored_rows`); a note that resembles no anchor
    counts as wrong. `anchored_precision` and `anchored_recall` are of the themes that the calibrated
    threshold lets through, over all notes; `anchored_none` is the share of notes without a theme.
    Raises KafeError when no label is a code.
    """
    import numpy as np

    codes = [anchor.id for anchor in anchors]
    if not set(codes) & set(labels):
        raise KafeError(message("topics.evaluate.no_match"), remedy=message("topics.evaluate.same_ids"))
    result = anchored([f"{row:07}" for row in range(len(texts))], texts, anchors, seed=seed)
    rows = [row for row, label in enumerate(labels) if label in codes]
    ranks = np.array([_rank(result.scores[row], codes.index(labels[row])) for row in rows])
    given = [(theme, label) for own, label in zip(result.assigned, labels, strict=True) for theme in own]
    right = sum(theme == label for theme, label in given)
    return {
        "anchored_rows": len(rows),
        "anchored_accuracy": _round((ranks == 0).mean()),
        "anchored_top3": _round((ranks < TOP).mean()),
        "anchored_precision": _round(right / len(given)) if given else None,
        "anchored_recall": _round(right / len(rows)),
        "anchored_none": _round(len(result.unassigned()) / len(texts)),
        "anchored_threshold": result.threshold,
    }


def lemmatiser(model: str = "auto") -> Lemmatiser:
    """Return what gives each text's content lemmas with the project's Norwegian pipeline."""
    from kafe.language import annotate, content_lemmas
    from kafe.language.models import load_pipeline

    nlp = load_pipeline(model)

    def lemmatise(texts: Sequence[str]) -> list[list[str]]:
        docs, _ = annotate({str(row): text for row, text in enumerate(texts)}, nlp)
        return [content_lemmas(docs[str(row)]) for row in range(len(texts))]

    return lemmatise


def _at_true_k(texts: Sequence[str], labels: Sequence[str], embedder: Embedder) -> Figures:
    from sklearn.metrics import adjusted_mutual_info_score, normalized_mutual_info_score

    k = len(set(labels))
    if len(texts) <= k or k < 2:
        return {"ami_true_k": None, "nmi_true_k": None}
    points = embedder.embed(texts, smoothed=True).astype("float64")
    with one_thread():
        found = [kmeans(points, k, embedder.seed + turn)[0] for turn in range(SEEDS)]
    return {
        f"{name}_true_k": _round(sum(score(labels, topics) for topics in found) / SEEDS)
        for name, score in (("ami", adjusted_mutual_info_score), ("nmi", normalized_mutual_info_score))
    }


def _rank(scores: NDArray[np.float64], own: int) -> int:
    """Return how many anchors come before the own one; all of them where the own one scores nothing."""
    if scores[own] <= 0:
        return len(scores)
    return int((scores > scores[own]).sum() + (scores[:own] == scores[own]).sum())


def _outliers(found: TopicResult) -> float | None:
    placed = [row.topic >= 0 for row in found.assignments.values()]
    return _round(1 - sum(placed) / len(placed)) if placed else None


def _import_engine() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # BERTopic changes the filters when imported
        import bertopic  # noqa: F401


def _round(value: float) -> float:
    return round(float(value), 4)
