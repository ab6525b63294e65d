"""Ways of grouping the same vectors, beside people's labels: AMI at several numbers of topics.

python benchmarks/topic_groups.py [FILE.csv with the columns text and label]
"""

import csv
import sys
from pathlib import Path

import numpy as np
from scipy.cluster.hierarchy import cut_tree, linkage
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_mutual_info_score
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from kafe.topics.cluster import settle, starts
from kafe.topics.embed import embed
from kafe.topics.material import material

DEFAULT = Path(__file__).parent.parent / "tests" / "data" / "cafe-dev.csv"
NUMBERS = (6, 8, 10)


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


VARIANTS = (
    ("15 components of unit length, k-means from Ward (default)", 15, True, from_ward),
    ("15 of unit length, Ward alone", 15, True, ward),
    ("15 of unit length, k-means, 10 random starts", 15, True, random_starts),
    ("15 as they are, k-means from Ward", 15, False, from_ward),
    ("15 as they are, k-means, 10 random starts", 15, False, random_starts),
    ("8 of unit length, k-means from Ward", 8, True, from_ward),
    ("30 of unit length, k-means from Ward", 30, True, from_ward),
)


def main() -> None:
    """Print the table."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    rows = list(csv.DictReader(path.open(encoding="utf-8-sig")))
    ids = [f"{row:06}" for row in range(len(rows))]
    label = dict(zip(ids, (row["label"] for row in rows), strict=True))
    notes = material(ids, [row["text"] for row in rows])
    with threadpool_limits(1):
        vectors = embed(notes.lines, lemmas=notes.alike, seed=1)
        print(f"| AMI with the labels of {path.name} | " + " | ".join(map(str, NUMBERS)) + " |")
        print("|---" * (len(NUMBERS) + 1) + "|")
        for name, count, unit, group in VARIANTS:
            points = components(vectors, count, unit=unit)
            found = [
                adjusted_mutual_info_score([label[note] for note in notes.kept], group(points, k))
                for k in NUMBERS
            ]
            print(f"| {name} | " + " | ".join(f"{value:.2f}" for value in found) + " |")


if __name__ == "__main__":
    main()
