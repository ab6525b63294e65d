"""The words that tell groups of notes apart (c-TF-IDF), by BERTopic: given groups, lemmas, nothing downloaded."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

JOINER = "\u00a0"
SEED_WEIGHT = 2.0
"""How much more the words weigh that an analyst gave as the start of a topic."""


def class_tfidf(
    words: Sequence[Sequence[str]],
    points: NDArray[np.float64],
    labels: NDArray[np.int64],
    seeds: Sequence[str] = (),
) -> tuple[csr_matrix, list[str]]:
    """Return c-TF-IDF, a row for each group, and its terms. `labels` run from 0, none left out.

    BERTopic's manual mode: groups are given, it finds what tells them apart. `language="multilingual"`
    keeps æ, ø and å (the default deletes them); `embedding_model=None` with given vectors loads no model;
    the vectors are copied, since BERTopic may overwrite them. `seeds`: words that weigh more.
    """
    import numpy as np

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # BERTopic changes the filters when imported
        from bertopic import BERTopic
        from bertopic.cluster import BaseCluster
        from bertopic.dimensionality import BaseDimensionalityReduction
        from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(tokenizer=_split, token_pattern=None, lowercase=False)
    known = sorted({word for row in words for word in row} & set(seeds))
    model = BERTopic(
        language="multilingual",
        embedding_model=None,
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=BaseCluster(),
        vectorizer_model=vectorizer,
        ctfidf_model=ClassTfidfTransformer(
            reduce_frequent_words=True,
            seed_words=[word.replace(" ", JOINER) for word in known] or None,
            seed_multiplier=SEED_WEIGHT,
        ),
    )
    documents = [" ".join(word.replace(" ", JOINER) for word in row) for row in words]
    if len({word for row in words for word in row}) == 1:
        documents[0] += f" {JOINER}"  # ClassTfidfTransformer fails on a vocabulary of one
    named, _ = model.fit_transform(documents, embeddings=points.copy(), y=labels.copy())
    first = [int(np.argmax(labels == label)) for label in range(int(labels.max()) + 1)]
    terms = [term.replace(JOINER, " ") for term in vectorizer.get_feature_names_out()]
    real = [column for column, term in enumerate(terms) if term.strip()]
    own = model.c_tf_idf_[[named[row] for row in first]][:, real]
    return own, [terms[column] for column in real]


def keywords(
    words: Mapping[str, Sequence[str]], groups: Mapping[str, Sequence[str]], top: int = 10
) -> dict[str, list[str]]:
    """Return the words that tell each group of notes from the others: human codes, sessions, whatever is given.

    `words`: note id → its content words; `groups`: name → note ids (a note may be in several). Groups
    without words are left out; a single group gets its most frequent words.
    """
    import numpy as np

    known = {name: [note for note in ids if words.get(note)] for name, ids in groups.items()}
    names = sorted(name for name, ids in known.items() if ids)
    if not names:
        return {}
    rows = [words[note] for name in names for note in known[name]]
    labels = np.repeat(np.arange(len(names)), [len(known[name]) for name in names])
    weights, terms = class_tfidf(rows, np.zeros((len(rows), 1)), labels)
    return {
        name: [terms[column] for column in heaviest(weights, row, terms)[:top]]
        for row, name in enumerate(names)
    }


def heaviest(weights: csr_matrix, row: int, terms: Sequence[str]) -> list[int]:
    """Return the columns of a row that are not zero, heaviest first (ties: alphabetical)."""
    own = weights[row]
    pairs = sorted(zip(-own.data, (terms[column] for column in own.indices), own.indices, strict=True))
    return [int(column) for _, _, column in pairs]


def _split(document: str) -> list[str]:
    return [term for term in document.split(" ") if term]
