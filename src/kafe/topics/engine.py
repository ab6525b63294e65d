"""BERTopic as it works for few short notes: our vectors, k-means, lemmas, and nothing downloaded."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

JOINER = "\u00a0"


def fit(
    words: Sequence[Sequence[str]], points: NDArray[np.float64], k: int, seed: int
) -> tuple[NDArray[np.int64], csr_matrix, list[str]]:
    """Return topic of each note (0 to k - 1; fewer where fewer points differ), c-TF-IDF and its words.

    `language="multilingual"` keeps æ, ø and å (the default deletes them); `embedding_model=None` with
    given vectors loads no model; the vectors are copied, since BERTopic may overwrite them.
    """
    import numpy as np

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # BERTopic changes the filters when imported
        from bertopic import BERTopic
        from bertopic.dimensionality import BaseDimensionalityReduction
        from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(tokenizer=_split, token_pattern=None, lowercase=False)
    model = BERTopic(
        language="multilingual",
        embedding_model=None,
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=KMeans(k, n_init=10, random_state=seed),
        vectorizer_model=vectorizer,
        ctfidf_model=ClassTfidfTransformer(reduce_frequent_words=True),
    )
    documents = [" ".join(word.replace(" ", JOINER) for word in row) for row in words]
    if len({word for row in words for word in row}) == 1:
        documents[0] += f" {JOINER}"  # ClassTfidfTransformer fails on a vocabulary of one
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        topics, _ = model.fit_transform(documents, embeddings=points.copy())
    terms = [term.replace(JOINER, " ") for term in vectorizer.get_feature_names_out()]
    real = [column for column, term in enumerate(terms) if term.strip()]
    return np.asarray(topics, dtype=np.int64), model.c_tf_idf_[:, real], [terms[column] for column in real]


def _split(document: str) -> list[str]:
    return [term for term in document.split(" ") if term]
