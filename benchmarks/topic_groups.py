"""What was tried for free topics, on the development sets: ways of grouping, words, notes too few for topics.

    python benchmarks/topic_groups.py

Sets are those of peers.py; NorSID is left out where ../shared is missing. Words are the content lemmas of the
bundled pipeline.
"""

from collections.abc import Iterable
from random import Random
from unittest.mock import patch

import numpy as np
from peers import NORSID, cafe, example, norsid
from scipy.cluster.hierarchy import cut_tree, linkage
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_mutual_info_score
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from kafe.language.norm import norm_forms
from kafe.stats import shuffled_words
from kafe.topics import naming
from kafe.topics.class_tfidf import class_tfidf
from kafe.topics.evaluation import lemmatiser
from kafe.topics.grouping.arrangement import renumbered
from kafe.topics.grouping.cluster import reduced, settle, starts
from kafe.topics.grouping.number_of_topics import candidates, choose
from kafe.topics.grouping.similar_groups import similar_groups
from kafe.topics.inputs import TopicInput
from kafe.topics.quality import diversity, npmi
from kafe.topics.vectors import Embedder
from kafe.topics.words.content_words import tokens
from kafe.topics.words.prepared import PreparedNotes, prepared_notes
from kafe.topics.words.stopwords import general_words

NUMBERS = (6, 8, 10, 15)
DRAWS, DRAWN = 25, 12
Labels = list[str]


def components(vectors: np.ndarray, count: int, *, unit: bool) -> np.ndarray:
    """Return the leading principal components, of unit length when asked for."""
    points = PCA(count, svd_solver="covariance_eigh").fit_transform(vectors.astype(float))
    return normalize(points) if unit else points


def from_ward(points: np.ndarray, k: int) -> np.ndarray:
    """Return the labels of k-means from the cuts of Ward's tree."""
    return settle(points, starts(points, [k])[k], 1)[0]


def ward(points: np.ndarray, k: int) -> np.ndarray:
    """Return the labels of Ward's tree cut into k."""
    return cut_tree(linkage(points, "ward"), k).ravel()


def random_starts(points: np.ndarray, k: int) -> np.ndarray:
    """Return the labels of k-means, the best of ten random starts."""
    return KMeans(k, n_init=10, random_state=1).fit(points).labels_


GROUPINGS = (
    ("15 components of unit length, k-means from Ward (default)", 15, True, from_ward),
    ("15 of unit length, Ward alone", 15, True, ward),
    ("15 of unit length, k-means, 10 random starts", 15, True, random_starts),
    ("15 as they are, k-means from Ward", 15, False, from_ward),
    ("15 as they are, k-means, 10 random starts", 15, False, random_starts),
    ("8 of unit length, k-means from Ward", 8, True, from_ward),
    ("30 of unit length, k-means from Ward", 30, True, from_ward),
)
ASKED = (
    ("three of the topic's notes and a tenth of them hold it", {"NEAR": -1.0}, False),
    ("and it is no general word", {"NEAR": -1.0}, True),
    ("and it meets the words before it at least as by chance", {"NEAR": 2.0}, True),
    ("or means nearly the same as one of them (default)", {}, True),
    ("the same, from a cosine of .4", {"NEAR": 0.4}, True),
    ("the same, from a cosine of .6", {"NEAR": 0.6}, True),
    (
        "default, with fewer notes only below two and three words",
        {"FEWEST_WORDS": 2, "ENOUGH_WORDS": 3},
        True,
    ),
    ("default, with fewer notes only below three and four", {"FEWEST_WORDS": 3, "ENOUGH_WORDS": 4}, True),
)
"""What is asked of a word: settings of `kafe.topics.naming`, and whether general words are left out."""


def row(name: str, cells: Iterable[str]) -> None:
    print(f"| {name} | {' | '.join(cells)} |")


def head(name: str, columns: Iterable[object]) -> None:
    print()
    row(name, map(str, columns))
    print("|---" * (len(list(columns)) + 1) + "|")


def groupings(notes: PreparedNotes, labels: Labels, name: str) -> None:
    """Print agreement with people's labels of ways of grouping the same vectors."""
    vectors = Embedder(seed=1).embed(notes.lines)
    head(f"AMI with the labels of {name}", NUMBERS)
    for way, count, unit, group in GROUPINGS:
        points = components(vectors, count, unit=unit)
        row(way, (f"{adjusted_mutual_info_score(labels, group(points, k)):.2f}" for k in NUMBERS))


def words(sets: dict[str, tuple[PreparedNotes, Labels, list[list[str]]]]) -> None:
    """Print coherence, diversity and number of the topics' words, by what is asked of a word."""
    grouped = {}
    for name, (notes, _, lemmas) in sets.items():
        points = reduced(Embedder(seed=1).embed(notes.lines))
        k = choose(notes.similarity_words, candidates(len(points)), 1, Embedder(seed=1)).k
        groups = renumbered(from_ward(points, k))[1]
        known = [{*norm_forms(own), *norm_forms(tokens(text))} for own, text in lemmas]
        grouped[f"{name}, {k} topics"] = (notes, groups, known, class_tfidf(notes.words, points, groups))
    head("NPMI / diversity / words a topic", list(grouped))
    for name, settings, special in ASKED:
        left_out = general_words if special else frozenset
        cells = []
        for notes, groups, known, (weights, terms) in grouped.values():
            with patch.multiple(naming, general_words=left_out, **settings):
                found = [own for own, _ in naming.words_of(weights, terms, notes.words, groups, notes.forms)]
            size = np.mean([len(own) for own in found])
            cells.append(f"{npmi(found, known):.2f} / {diversity(found):.2f} / {size:.1f}")
        row(name, cells)


def few(sets: dict[str, tuple[PreparedNotes, Labels, list[list[str]]]]) -> None:
    """Print what grouping a dozen notes by similarity gives, drawn many times, beside shuffled words."""
    head(f"{DRAWS} draws of {DRAWN} notes", ("pairs of one label", "notes grouped", "grouped when shuffled"))
    for name, (notes, labels, _) in sets.items():
        same = pairs = 0
        grouped = [0, 0]
        for turn in range(DRAWS):
            draw = Random(turn)
            some = set(draw.sample(sorted(set(labels)), min(5, len(set(labels)))))
            rows = [at for at, label in enumerate(labels) if label in some]
            rows = draw.sample(rows, min(DRAWN, len(rows)))
            alike = [list(notes.similarity_words[at]) for at in rows]
            for side, mixed in enumerate((alike, shuffled_words(alike, turn))):
                own = prepared_notes(
                    TopicInput([f"{at:06}" for at in rows], [f"{' '.join(w)}" for w in mixed], mixed)
                )
                found = similar_groups(own, Embedder(seed=1))
                grouped[side] += sum(map(len, found))
                if side == 0:
                    both = [(a, b) for group in found for a in group for b in group if a < b]
                    same += sum(labels[int(a)] == labels[int(b)] for a, b in both)
                    pairs += len(both)
        total = DRAWS * DRAWN
        row(name, (f"{same} of {pairs}", f"{grouped[0] / total:.0%}", f"{grouped[1] / total:.0%}"))


def main() -> None:
    """Print the tables."""
    lemmatise = lemmatiser()
    loaded = {f"café, {name}": cafe(0, 1, name) for name in ("users", "staff")} | {"example": example(0, 1)}
    if NORSID.exists():
        loaded |= {f"NorSID, {size}": norsid(size, 1) for size in (300, 1000)}
    sets = {}
    for name, pairs in loaded.items():
        texts = [text for text, _ in pairs]
        lemmas = lemmatise(texts)
        notes = prepared_notes(TopicInput([f"{at:06}" for at in range(len(texts))], texts, lemmas))
        own = [pairs[int(note)][1] for note in notes.kept]
        sets[name] = (notes, own, list(zip(lemmas, texts, strict=True)))
    with threadpool_limits(1):
        for name, (notes, labels, _) in sets.items():
            groupings(notes, labels, name)
        words(sets)
        few(sets)


if __name__ == "__main__":
    main()
