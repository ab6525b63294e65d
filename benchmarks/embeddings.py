"""Score embeddings and anchored themes on the development sets, and print small tables.

    python benchmarks/embeddings.py                    everything; NorSID, NorQuAD and the corpus from ../shared
    python benchmarks/embeddings.py --shared FOLDER    where eval/ and corpus/ lie
    python benchmarks/embeddings.py --skip-retrieval   without reading the corpus (half of the time)

Groups: k-means at the true number of labels, mean of three seeds; AMI for café notes, NMI for NorSID.
Retrieval: 40 words of one half of a text find, among all other halves, those of its other half; the corpus is
the slice that training leaves out. Time: processor time, one thread.

Composed café notes (tests/data, konstruert eksempel), each with one definition a theme. *dev*: 119 notes, and
*hard*: 119 (34 of them in dev) that avoid the theme's words; the recipe was chosen on them. *blind*: 60 on 12
themes. *users*, *staff*, *red*, *mixed*: 100 notes on 17 themes each, every set composed apart, with sight neither of
the other sets nor of what the static model was taught (language/static_field.txt), nor the other way round. The last
training was chosen on *users* and *staff*; *red* and *mixed* were scored once, when nothing was changed any more.
What cannot be measured is named with the reason.
"""

import argparse
import csv
import json
import lzma
import random
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_mutual_info_score, normalized_mutual_info_score
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from kafe.language.models import encode
from kafe.language.training.embedding import FIELD, read_matters
from kafe.language.training.embedding_corpus import documents, parted
from kafe.topics.anchors import Anchor, anchored
from kafe.topics.evaluation import anchored_figures, read_anchors, read_labelled
from kafe.topics.vectors import Embedder

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"
CAFE = {name: f"cafe-{name}" for name in ("dev", "hard", "blind", "users", "staff", "red", "mixed")}
DEFINITIONS = {"hard": "cafe-dev"}
OTHER_CODES = ("dev", "hard")
DIALECTS = {"NorSID Bokmål": ("B",), "NorSID Stavanger": ("8", "9"), "NorSID all": None}
HALF = 40
MOST_TEXTS = 440

Vectors = NDArray[np.float32]
Way = Callable[[Sequence[str]], Vectors]
Labelled = tuple[list[str], list[str]]


def words(texts: Sequence[str]) -> Vectors:
    """Return plain word TF-IDF on 100 singular vectors, as others do it."""
    return _tfidf(texts, TfidfVectorizer())


def characters(texts: Sequence[str]) -> Vectors:
    """Return character 3–5-gram TF-IDF on 100 singular vectors."""
    return _tfidf(texts, TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True))


def _tfidf(texts: Sequence[str], model: TfidfVectorizer) -> Vectors:
    matrix = model.fit_transform(texts)
    size = min(100, *(length - 1 for length in matrix.shape))
    return normalize(TruncatedSVD(size, random_state=0).fit_transform(matrix))


WAYS: dict[str, Way] = {
    "word TF-IDF + SVD": words,
    "character TF-IDF + SVD": characters,
    "static model alone": encode,
    "hybrid, not smoothed": Embedder().embed,
    "`kafe embed`": partial(Embedder().embed, smoothed=True),
}


def norsid(path: Path, marks: Sequence[str] | None) -> Labelled:
    """Return utterances and intents of the dialects whose ids end in one of the marks; None: all."""
    texts, intents, wanted = [], [], False
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(" = ")
        if name == "# id":
            wanted = marks is None or value.strip().rpartition("/")[2] in marks
        elif name == "# text" and wanted:
            texts.append(value.strip())
        elif name == "# intent" and wanted:
            intents.append(value.strip())
    return texts, intents


def at_true_k(vectors: Vectors, labels: Sequence[str]) -> tuple[float, float]:
    """Return AMI and NMI of k-means with as many clusters as labels."""
    k = len(set(labels))
    found = [KMeans(k, n_init=10, random_state=seed).fit_predict(vectors) for seed in range(3)]
    return (
        sum(adjusted_mutual_info_score(labels, topics) for topics in found) / 3,
        sum(normalized_mutual_info_score(labels, topics) for topics in found) / 3,
    )


def cafe(name: str) -> tuple[Labelled, Path]:
    """Return a set of café notes with its themes, and the path of their definitions."""
    data = read_labelled(DATA / f"{CAFE[name]}.csv", "text", "label")
    return (list(data.texts), list(data.labels)), DATA / f"{DEFINITIONS.get(name, CAFE[name])}-anchors.csv"


def plain_anchored(data: Labelled, definitions: Path) -> tuple[float, float]:
    """Return how often the right definition is nearest, and among three, by character 3–5-gram TF-IDF."""
    with definitions.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    model = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    model.fit([*data[0], *(row["definition"] for row in rows)])
    near = (model.transform(data[0]) @ model.transform([row["definition"] for row in rows]).T).toarray()
    ranked = [[rows[column]["code"] for column in row] for row in np.argsort(-near, axis=1, kind="stable")]
    pairs = list(zip(ranked, data[1], strict=True))
    return (
        sum(label in own[:1] for own, label in pairs) / len(pairs),
        sum(label in own[:3] for own, label in pairs) / len(pairs),
    )


def halves(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return 40 words from each half of every text of at least 120 words, at most `MOST_TEXTS` texts."""
    long = [split for text in texts if len(split := text.split()) >= 3 * HALF][-MOST_TEXTS:]
    middles = [len(split) // 2 for split in long]
    return (
        [" ".join(split[middle // 2 :][:HALF]) for split, middle in zip(long, middles, strict=True)],
        [" ".join(split[middle + middle // 2 :][:HALF]) for split, middle in zip(long, middles, strict=True)],
    )


def passages(path: Path) -> list[str]:
    """Return the passages of NorQuAD, each once."""
    data = json.loads(path.read_text(encoding="utf-8"))["data"]
    return list(dict.fromkeys(part["context"] for article in data for part in article["paragraphs"]))


def found_again(way: Way, left: Sequence[str], right: Sequence[str]) -> float:
    """Return the share of left halves whose own right half is the most similar of all."""
    vectors = way([*left, *right])
    best = (vectors[: len(left)] @ vectors[len(left) :].T).argmax(axis=1)
    return float((best == np.arange(len(left))).mean())


def microseconds(way: Way, texts: Sequence[str]) -> float:
    """Return processor time a text in microseconds, the second time."""
    way(texts)
    started = time.process_time()
    way(texts)
    return (time.process_time() - started) / len(texts) * 1e6


def grouping(shared: Path) -> None:
    """Print how well k-means on each kind of vectors meets the labels."""
    sets = {f"café {name}": (cafe(name)[0], 0) for name in CAFE}
    path = shared / "eval" / "norsid-dev.conll"
    if path.is_file():
        sets |= {name: (norsid(path, marks), 1) for name, marks in DIALECTS.items()}
    else:
        print(f"NorSID skipped: no {path}")
    print(
        "| vectors | "
        + " | ".join(f"{name} {('AMI', 'NMI')[kind]}" for name, (_, kind) in sets.items())
        + " |"
    )
    print("|---|" + "---|" * len(sets))
    for name, way in WAYS.items():
        cells = (at_true_k(way(texts), labels)[kind] for (texts, labels), kind in sets.values())
        print(f"| {name} | " + " | ".join(f"{cell:.3f}" for cell in cells) + " |", flush=True)


def anchoring() -> None:
    """Print how often the right definition wins, and is among three; for other codebooks too."""
    print("\n| one definition a theme: top 1 / top 3 | " + " | ".join(f"café {name}" for name in CAFE) + " |")
    print("|---|" + "---|" * len(CAFE))
    plain = (plain_anchored(*cafe(name)) for name in CAFE)
    print("| character TF-IDF | " + " | ".join(f"{one:.3f} / {three:.3f}" for one, three in plain) + " |")
    given = {name: (data, read_anchors(path)) for name, (data, path) in ((name, cafe(name)) for name in CAFE)}
    print("| kafe | " + " | ".join(anchored_cell(*own) for own in given.values()) + " |", flush=True)
    nynorsk = read_anchors(DATA / "cafe-dev-anchors-nn.csv")
    others = [
        Anchor(f"other-{row}", "", (" ".join(entries[:6]),))
        for row, entries in enumerate(read_matters(FIELD)[232:275])
    ]
    variants: dict[str, Callable[[list[Anchor]], list[Anchor]]] = {
        "kafe, definitions in Nynorsk": lambda _: nynorsk,
        "kafe, among 60 codes (43 matters more)": lambda codes: [*codes, *others],
        "kafe, five codes, over their own notes": lambda codes: codes[7:12],
    }
    for name, codebook in variants.items():
        cells = [
            anchored_cell(data, codebook(codes)) if own in OTHER_CODES else "–"
            for own, (data, codes) in given.items()
        ]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def anchored_cell(data: Labelled, codes: list[Anchor]) -> str:
    """Return top 1 and top 3 of kafe's anchored themes."""
    found = anchored_figures(*data, codes)
    return f"{found['anchored_accuracy']:.3f} / {found['anchored_top3']:.3f}"


def foreign(shared: Path) -> None:
    """Print how many lines of other matters get a theme, by the codebooks of 17: less is better."""
    sets = {name: lines(shared / "corpus" / f"{name}.txt.xz") for name in ("norec", "lover")}
    if not all(sets.values()):
        print(f"\nforeign text skipped: no {shared / 'corpus'}")
        return
    codebooks = {name: read_anchors(cafe(name)[1]) for name in ("dev", "users", "staff")}
    print("\n| share of foreign lines with a theme, 17 codes | " + " | ".join(codebooks) + " |")
    print("|---|" + "---|" * len(codebooks))
    for name, texts in sets.items():
        for size in (100, len(texts)):
            found = (with_theme(texts[:size], codes) for codes in codebooks.values())
            print(f"| {name}, {size} alone | " + " | ".join(f"{one:.3f}" for one in found) + " |", flush=True)
        among = [*cafe("users")[0][0], *cafe("staff")[0][0]]
        mixed = (with_theme([*texts[:30], *among], codes, of=30) for codes in codebooks.values())
        print(
            f"| {name}, 30 among {len(among)} café notes | "
            + " | ".join(f"{one:.3f}" for one in mixed)
            + " |"
        )


def lines(path: Path, count: int = 400) -> list[str]:
    """Return a seeded sample of the lines of 4 to 40 words at the start of a corpus; none where it is absent."""
    if not path.is_file():
        return []
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        first = [line.strip() for _, line in zip(range(60_000), stream, strict=False)]
    return random.Random(0).sample([line for line in first if 4 <= len(line.split()) <= 40], count)


def with_theme(texts: Sequence[str], codes: list[Anchor], of: int | None = None) -> float:
    """Return the share of the first `of` texts (None: all) that get a theme."""
    found = anchored([f"{row:05}" for row in range(len(texts))], texts, codes)
    return sum(map(bool, found.assigned[:of])) / len(found.assigned[:of])


def retrieval(shared: Path) -> None:
    """Print how often one half of a text finds the other."""
    texts = {}
    path = shared / "eval" / "norquad-validation.json"
    if path.is_file():
        texts["NorQuAD passages"] = halves(passages(path))
    if (shared / "corpus" / "norec.txt.xz").is_file():
        held = parted(documents(shared / "corpus"), held_out=True)
        texts["held-out reviews"] = halves([" ".join(paragraphs[1:]) for paragraphs in held])
    if not texts:
        print(f"\nretrieval skipped: neither {path} nor {shared / 'corpus'}")
        return
    print(
        "\n| half a text finds the other | "
        + " | ".join(f"{name} ({len(own[0])})" for name, own in texts.items())
        + " |"
    )
    print("|---|" + "---|" * len(texts))
    for name, way in WAYS.items():
        cells = (found_again(way, *own) for own in texts.values())
        print(f"| {name} | " + " | ".join(f"{cell:.3f}" for cell in cells) + " |", flush=True)


def speed() -> None:
    """Print the processor time of encoding."""
    texts = [f"{text} {turn}" for turn in "abcdefghijklmnop" for text in cafe("dev")[0][0]]
    print(f"\n| {len(texts)} café notes | µs a note |\n|---|---|")
    for name in ("static model alone", "`kafe embed`"):
        print(f"| {name} | {microseconds(WAYS[name], texts):.0f} |")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Score embeddings and anchored themes.")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--skip-retrieval", action="store_true")
    given = parser.parse_args()
    with threadpool_limits(1):
        grouping(given.shared)
        anchoring()
        foreign(given.shared)
        if not given.skip_retrieval:
            retrieval(given.shared)
        speed()


if __name__ == "__main__":
    main()
