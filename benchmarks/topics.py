"""Score embeddings and anchored themes on the development sets, and print one table.

    python benchmarks/topics.py                     composed café notes (tests/data)
    python benchmarks/topics.py NORSID.conll        also NorSID: Bokmål, and the dialects of Stavanger

Development figures: the recipe was chosen on these sets. k-means at the true k, mean of three seeds.
"""

import csv
import sys
from collections.abc import Sequence
from pathlib import Path

from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_mutual_info_score, normalized_mutual_info_score
from sklearn.preprocessing import normalize

from kafe.language.static import encode
from kafe.topics import embed
from kafe.topics.evaluate import anchored_figures, read_anchors, read_labelled

DATA = Path(__file__).parent.parent / "tests" / "data"
Vectors = Sequence[Sequence[float]]


def words(texts: Sequence[str]) -> Vectors:
    """Return plain word TF-IDF on 100 singular vectors, as others do it."""
    return _tfidf(texts, TfidfVectorizer())


def characters(texts: Sequence[str]) -> Vectors:
    """Return character 3–5-gram TF-IDF on 100 singular vectors."""
    return _tfidf(texts, TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True))


def _tfidf(texts: Sequence[str], model: TfidfVectorizer) -> Vectors:
    matrix = model.fit_transform(texts)
    return normalize(
        TruncatedSVD(min(100, *(size - 1 for size in matrix.shape)), random_state=0).fit_transform(matrix)
    )


def at_true_k(vectors: Vectors, labels: Sequence[str]) -> tuple[float, float]:
    """Return AMI and NMI of k-means with as many clusters as labels."""
    k = len(set(labels))
    found = [KMeans(k, n_init=10, random_state=seed).fit_predict(vectors) for seed in range(3)]
    return (
        sum(adjusted_mutual_info_score(labels, topics) for topics in found) / 3,
        sum(normalized_mutual_info_score(labels, topics) for topics in found) / 3,
    )


def norsid(path: Path, dialects: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return utterances and intents whose id ends in one of the dialects' marks."""
    texts, intents, wanted = [], [], False
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(" = ")
        if name == "# id":
            wanted = value.strip().rpartition("/")[2] in dialects
        elif name == "# text" and wanted:
            texts.append(value.strip())
        elif name == "# intent" and wanted:
            intents.append(value.strip())
    return texts, intents


def main() -> None:
    """Measure and print."""
    cafe = read_labelled(DATA / "cafe-dev.csv", "text", "label")
    sets = {"café notes": (cafe.texts, cafe.labels)}
    if len(sys.argv) > 1:
        sets["NorSID Bokmål"] = norsid(Path(sys.argv[1]), "B")
        sets["NorSID Stavanger"] = norsid(Path(sys.argv[1]), "89")
    print("| vectors | " + " | ".join(f"{name} AMI / NMI" for name in sets) + " |")
    print("|---|" + "---|" * len(sets))
    ways = {
        "word TF-IDF": words,
        "character TF-IDF": characters,
        "static model": encode,
        "`kafe embed`": embed,
    }
    for way, vectors in ways.items():
        cells = (at_true_k(vectors(list(texts)), labels) for texts, labels in sets.values())
        print(f"| {way} | " + " | ".join(f"{ami:.3f} / {nmi:.3f}" for ami, nmi in cells) + " |")
    anchors = read_anchors(DATA / "cafe-dev-anchors.csv")
    figures = anchored_figures(cafe.texts, cafe.labels, anchors)
    with (DATA / "cafe-dev-anchors.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    model = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    model.fit([*cafe.texts, *(row["definition"] for row in rows)])
    near = (model.transform(cafe.texts) @ model.transform([row["definition"] for row in rows]).T).toarray()
    plain = sum(
        rows[row.argmax()]["code"] == label for row, label in zip(near, cafe.labels, strict=True)
    ) / len(cafe.labels)
    print(f"\ncafé notes anchored in definitions: character TF-IDF {plain:.3f} right; kafe: {figures}")


if __name__ == "__main__":
    main()
