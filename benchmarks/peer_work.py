"""Run one topic method on one job, in whatever Python has it: `python peer_work.py METHOD JOB.json OUT.json`.

Started by `peers.py`, never by hand. A job holds `fits`: each with a name and rows of a named set of texts.
Nothing of kafe is imported except by the method that is kafe, so that the peers can live in an environment
of their own.
"""

import json
import resource
import sys
import time
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np

TOP = 10
Found = tuple[list[int], list[list[str]], str]
"""A topic for each note (-1: none), the heaviest words of each topic, and what the method says of itself."""


def kafe(texts, tokens, vectors, k, seed, job) -> Found:
    """Return kafe's default recipe; k by itself when it is None."""
    from kafe.topics import TopicInput, TopicOptions, free_topics

    ids = [f"{row:07}" for row in range(len(texts))]
    found = free_topics(TopicInput(ids, texts, tokens), options=TopicOptions(n_topics=k, seed=seed))
    labels = [found.assignments[note].topic for note in ids]
    return labels, [list(topic.lemmas) for topic in found.topics], found.status


def bertopic(texts, vectors, seed) -> Found:
    """Return plain BERTopic: its own UMAP and HDBSCAN, made repeatable by a seed, and its own words."""
    from bertopic import BERTopic
    from umap import UMAP

    reducer = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    model = BERTopic(language="multilingual", umap_model=reducer)
    labels, _ = model.fit_transform(texts, embeddings=vectors.copy())
    topics = sorted(set(labels) - {-1})
    words = [[word for word, _ in model.get_topic(topic) if word][:TOP] for topic in topics]
    return [int(label) for label in labels], words, ""


def bertopic_tfidf(texts, tokens, vectors, k, seed, job) -> Found:
    """Return plain BERTopic on TF-IDF and SVD, its documentation's embedding without a download."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    matrix = TfidfVectorizer().fit_transform(texts)
    own = TruncatedSVD(min(100, min(matrix.shape) - 1), random_state=seed).fit_transform(matrix)
    return bertopic(texts, own, seed)


def bertopic_same(texts, tokens, vectors, k, seed, job) -> Found:
    """Return plain BERTopic on kafe's vectors."""
    return bertopic(texts, vectors, seed)


def keynmf(texts, tokens, vectors, k, seed, job) -> Found:
    """Return Turftopic's KeyNMF on kafe's static model, which it also asks for the words' vectors, and stop list."""
    from model2vec import StaticModel
    from sklearn.feature_extraction.text import CountVectorizer
    from turftopic import KeyNMF

    model = KeyNMF(
        k or job["k"],
        encoder=StaticModel.from_pretrained(job["static"]),
        vectorizer=CountVectorizer(stop_words=job["stopwords"]),
        random_state=seed,
    )
    weights = model.fit_transform(texts)
    terms = model.get_vocab()
    words = [[str(terms[at]) for at in np.argsort(-row)[:TOP]] for row in model.components_]
    return strongest(weights), words, ""


def lda(texts, tokens, vectors, k, seed, job) -> Found:
    """Return tomotopy's LDA on lemmas."""
    import tomotopy

    model = tomotopy.LDAModel(k=k or job["k"], seed=seed + 1)
    rows = [row for row, words in enumerate(tokens) if words]
    for row in rows:
        model.add_doc(tokens[row])
    model.train(1000, workers=1)
    labels = [-1] * len(texts)
    for row, document in zip(rows, model.docs, strict=True):
        labels[row] = int(np.argmax(document.get_topic_dist()))
    return labels, [[word for word, _ in model.get_topic_words(t, TOP)] for t in range(model.k)], ""


def nmf(texts, tokens, vectors, k, seed, job) -> Found:
    """Return scikit-learn's NMF on TF-IDF of lemmas."""
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=list)
    model = NMF(k or job["k"], init="nndsvda", random_state=seed, max_iter=500)
    weights = model.fit_transform(vectorizer.fit_transform(tokens))
    terms = vectorizer.get_feature_names_out()
    return strongest(weights), [[terms[at] for at in np.argsort(-row)[:TOP]] for row in model.components_], ""


def tfidf_kmeans(texts, tokens, vectors, k, seed, job) -> Found:
    """Return k-means on plain word TF-IDF, the number of topics by silhouette: an afternoon's work with scikit-learn."""
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics import silhouette_score

    vectorizer = TfidfVectorizer()
    matrix = vectorizer.fit_transform(texts)
    ks = [k] if k else [number for number in range(2, 26) if number < len(texts)]
    fits = [KMeans(number, n_init=10, random_state=seed).fit(matrix) for number in ks]
    scores = [silhouette_score(matrix, fit.labels_) for fit in fits] if len(fits) > 1 else [0.0]
    best = fits[int(np.argmax(scores))]
    names = vectorizer.get_feature_names_out()
    words = [[str(names[at]) for at in np.argsort(-row)[:TOP]] for row in best.cluster_centers_]
    return [int(label) for label in best.labels_], words, ""


def strongest(weights) -> list[int]:
    """Return each row's heaviest topic; -1 for a row without weight."""
    return [int(row.argmax()) if row.max() > 0 else -1 for row in np.asarray(weights)]


METHODS = {
    "kafe": (kafe, ("bertopic",), "kafe"),
    "bertopic-tfidf": (bertopic_tfidf, ("bertopic", "umap", "hdbscan"), "bertopic"),
    "bertopic-same": (bertopic_same, ("bertopic", "umap", "hdbscan"), "bertopic"),
    "keynmf": (keynmf, ("turftopic", "model2vec"), "turftopic"),
    "lda": (lda, ("tomotopy",), "tomotopy"),
    "nmf": (nmf, ("sklearn.decomposition",), "scikit-learn"),
    "tfidf-kmeans": (tfidf_kmeans, ("sklearn.cluster",), "scikit-learn"),
}
"""Name → function, what it imports (not timed), and the package whose version is told."""


def main() -> None:
    name, job_path, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    warnings.simplefilter("ignore")
    method, modules, package = METHODS[name.removesuffix("-given")]
    for module in modules:
        __import__(module)
    job = json.loads(job_path.read_text(encoding="utf-8"))
    vectors = {key: np.load(path) for key, path in job["vectors"].items()}
    given = job["k"] if name.endswith("-given") else None
    peak, answers = 0.0, {}
    for fit in job["fits"]:
        texts, tokens = ([job[kind][fit["set"]][row] for row in fit["rows"]] for kind in ("texts", "tokens"))
        own = vectors[fit["set"]][fit["rows"]]
        started = time.perf_counter()
        try:
            labels, words, says = method(texts, tokens, own, given, job["seed"], job)
        except Exception as error:
            answers[fit["name"]] = {"error": f"{type(error).__name__}: {error}"[:200]}
            continue
        seconds = time.perf_counter() - started
        answers[fit["name"]] = {"labels": labels, "words": words, "says": says, "seconds": seconds}
        if fit["name"] == "real":
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    said = {"fits": answers, "peak_mb": peak, "version": version(package)}
    out.write_text(json.dumps(said), encoding="utf-8")


if __name__ == "__main__":
    main()
