"""Topics of kafe beside those of its peers: same texts, same machine, one run, one table a set of texts.

    python benchmarks/peers.py --peers-python FOLDER/bin/python     every set and method at 100, 300, 1000
    python benchmarks/peers.py --sizes 100 300 --sets norsid cafe   fewer
    python benchmarks/peers.py --sizes 10000 100000 --sets composed large, for time and memory
    python benchmarks/peers.py --json FILE                          keep the figures; a later run adds to them

The peers live in an environment of their own (they need torch and numba, and disagree on versions):

    python -m venv FOLDER
    FOLDER/bin/pip install bertopic umap-learn hdbscan tomotopy turftopic model2vec

Without --peers-python, or where one of them is missing, a line says so and the rest is run.

Sets: `norsid` (../shared, 15 intents, Bokmål and dialects, seeded sample), `cafe` (tests/data/cafe-dev.csv), `users`,
`staff`, `red`, `mixed` (cafe-*.csv there, composed by others than those who wrote what kafe was taught),
`example` (the constructed notes with human codes; the code given most often to a note is its label) and
`composed` (halves of two NorSID requests of the same intent, any size).

Methods: `kafe` chooses k; `kafe-given` is told it, as `keynmf`, `lda` and `nmf` must be. `tfidf-kmeans` is plain
word TF-IDF, k by silhouette, and needs no peers' environment. `bertopic-*` use
its own UMAP and HDBSCAN. `lda`, `nmf` and kafe get lemmas made beforehand, so none is timed for them;
BERTopic and KeyNMF read the texts, KeyNMF with kafe's stop list. Figures: AMI, NMI and V against the labels, notes without a topic as one
group; NPMI and diversity of the ten heaviest words by `kafe.topics.quality`, where a word counts in a note
that holds it as lemma or as written; stability is the mean AMI of fits on 80 % of the notes, over the notes
two of them share, 0 where a fit has one topic only, and excess that minus the same on word-shuffled notes.
Each fit goes as the method goes for a user: what chooses k (`kafe`, `bertopic-*`) chooses in every fit, what
is told k is told it in every fit. `shuffled` is what the method says of word-shuffled notes. `first`: seconds of the first fit after
imports, compilation within it included; `again`: of later ones; MB: highest resident memory up to then.
"""

import argparse
import csv
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from functools import partial
from itertools import combinations
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
NORSID = ROOT.parent / "shared" / "eval" / "norsid-dev.conll"
METHODS = ("kafe", "kafe-given", "bertopic-tfidf", "bertopic-same", "keynmf", "lda", "nmf", "tfidf-kmeans")
APART = ("users", "staff", "red", "mixed")
SETS = ("norsid", "cafe", *APART, "example")
SUBSAMPLES = 3
COLUMNS = (
    "k",
    "AMI",
    "NMI",
    "V",
    "NPMI",
    "div.",
    "stab.",
    "excess",
    "outliers",
    "shuffled",
    "first s",
    "again s",
    "MB",
)

Labelled = list[tuple[str, str]]


def norsid(size: int, seed: int) -> Labelled:
    """Return a seeded sample of requests with their intent; fewer where there are no more."""
    pairs, text = [], ""
    for line in NORSID.read_text(encoding="utf-8").splitlines():
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif line.startswith("# intent = "):
            pairs.append((text, line.removeprefix("# intent = ")))
    random.Random(seed).shuffle(pairs)
    return pairs[:size]


def composed(size: int, seed: int) -> Labelled:
    """Return texts made of the first half of one request and the second of another with the same intent."""
    by_label: dict[str, list[list[str]]] = {}
    pairs = norsid(100_000, seed)
    for text, label in pairs:
        by_label.setdefault(label, []).append(text.split())
    draw = random.Random(seed + 1)
    found = []
    for _ in range(size):
        _, label = draw.choice(pairs)
        head, tail = draw.choice(by_label[label]), draw.choice(by_label[label])
        found.append((" ".join(head[: -(-len(head) // 2)] + tail[len(tail) // 2 :]), label))
    return found


def cafe(size: int, seed: int, name: str = "dev") -> Labelled:
    """Return a set of composed café notes with their theme."""
    with (ROOT / "tests" / "data" / f"cafe-{name}.csv").open(encoding="utf-8") as stream:
        return [(row["text"], row["label"]) for row in csv.DictReader(stream)]


def example(size: int, seed: int) -> Labelled:
    """Return the example's notes that people coded, each with the code that it was given most often."""
    from kafe.codebook.reader import load_codebook
    from kafe.ingest.project import read_project

    codebook = load_codebook(ROOT / "data" / "coded" / "kodebok.yaml")
    found: dict[str, Counter[str]] = {}
    for path in sorted((ROOT / "data" / "coded" / "kodinger").glob("*.csv")):
        with path.open(encoding="utf-8-sig") as stream:
            for row in csv.DictReader(stream, delimiter=";"):
                if row["kode"] in codebook:
                    found.setdefault(row["innspill"], Counter())[row["kode"]] += 1
    labels = {note: min(counts, key=lambda name: (-counts[name], name)) for note, counts in found.items()}
    notes = {note.id: note.text for note in read_project(ROOT / "data" / "raw").notes}
    return [(notes[note], labels[note]) for note in sorted(labels) if note in notes]


LOADERS = {
    "norsid": norsid,
    "composed": composed,
    "cafe": cafe,
    **{name: partial(cafe, name=name) for name in APART},
    "example": example,
}
SIZED = {"norsid", "composed"}


def shuffled(texts: list[str], seed: int) -> list[str]:
    """Return texts of the same lengths with all words shuffled: the same words, no themes."""
    from kafe.stats import shuffled_words

    return [" ".join(words) for words in shuffled_words([text.split() for text in texts], seed)]


def job(pairs: Labelled, folder: Path, seed: int, *, stability: bool) -> dict:
    """Return what every method is given, vectors as files in `folder`."""
    from kafe.language.models import static_path
    from kafe.topics.evaluation import lemmatiser
    from kafe.topics.vectors import Embedder
    from kafe.topics.words.stopwords import stopwords

    lemmatise = lemmatiser()
    texts = {"real": [text for text, _ in pairs]}
    texts["shuffled"] = shuffled(texts["real"], seed)
    tokens = {name: lemmatise(own) for name, own in texts.items()}
    vectors = {}
    for name, own in texts.items():
        vectors[name] = str(folder / f"{name}.npy")
        np.save(vectors[name], Embedder(seed=seed).embed(own))
    every = list(range(len(pairs)))
    fits = [{"name": name, "set": name, "rows": every} for name in texts]
    for name in texts if stability else ():
        for turn in range(SUBSAMPLES):
            rows = sorted(random.Random(seed + turn).sample(every, round(0.8 * len(every))))
            fits.append({"name": f"{name}-{turn}", "set": name, "rows": rows})
    shared = {
        "static": str(static_path()),
        "stopwords": sorted(stopwords()),
        "k": len({label for _, label in pairs}),
        "seed": seed,
    }
    return {"texts": texts, "tokens": tokens, "vectors": vectors, "fits": fits, **shared}


def work(method: str, python: str, given: dict, folder: Path, limit: float) -> dict:
    """Return what the method did in a process of its own, or `{"missing": why}`."""
    target, source = folder / f"{method}.out.json", folder / "job.json"
    source.write_text(json.dumps(given), encoding="utf-8")
    command = [python, str(Path(__file__).with_name("peer_work.py")), method, str(source), str(target)]
    quiet = {"OMP_NUM_THREADS": "1", "TQDM_DISABLE": "1", "HF_HUB_OFFLINE": "1"}
    try:
        done = subprocess.run(
            command, env=os.environ | quiet, capture_output=True, text=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        return {"missing": f"stopped after {limit:.0f} s"}
    if done.returncode:
        return {"missing": (done.stderr.strip().splitlines() or ["ended"])[-1][:160]}
    return json.loads(target.read_text(encoding="utf-8"))


def figures(method: str, said: dict, given: dict, labels: list[str]) -> dict:
    """Return one line of the table, by column, from what a method did."""
    from sklearn.metrics import adjusted_mutual_info_score, normalized_mutual_info_score, v_measure_score

    from kafe.language.norm import norm_forms
    from kafe.topics.quality import diversity, npmi
    from kafe.topics.words.content_words import tokens as written

    fits = said["fits"]
    real = fits["real"]
    if "error" in real:
        return {"missing": real["error"], "version": said["version"]}
    notes = [
        set(norm_forms([*lemmas, *written(text)]))
        for text, lemmas in zip(given["texts"]["real"], given["tokens"]["real"], strict=True)
    ]
    words = [norm_forms(own) for own in real["words"]]
    rows = {fit["name"]: fit["rows"] for fit in given["fits"]}
    stable = {name: agreement(fits, rows, name) for name in ("real", "shuffled")}
    known = None not in stable.values()
    later = [fit["seconds"] for name, fit in fits.items() if name.startswith("real-") and "seconds" in fit]
    return {
        "k": len(words),
        "AMI": adjusted_mutual_info_score(labels, real["labels"]),
        "NMI": normalized_mutual_info_score(labels, real["labels"]),
        "V": v_measure_score(labels, real["labels"]),
        "NPMI": npmi(words, notes) if words else None,
        "div.": diversity(words) if words else None,
        "stab.": stable["real"],
        "excess": stable["real"] - stable["shuffled"] if known else None,
        "outliers": sum(label < 0 for label in real["labels"]) / len(labels),
        "shuffled": verdict(method, fits.get("shuffled", {"error": ""})),
        "first s": real["seconds"],
        "again s": statistics.median(later) if later else None,
        "MB": said["peak_mb"],
        "version": said["version"],
    }


def agreement(fits: dict, rows: dict[str, list[int]], name: str) -> float | None:
    """Return the mean AMI of pairs of subsample fits over shared notes; None where a fit failed or none was asked."""
    from sklearn.metrics import adjusted_mutual_info_score

    own = [(rows[key], fit) for key, fit in fits.items() if key.startswith(f"{name}-")]
    if not own or any("error" in fit for _, fit in own):
        return None
    placed = [dict(zip(where, fit["labels"], strict=True)) for where, fit in own]
    scores = []
    for left, right in combinations(placed, 2):
        shared = sorted(left.keys() & right.keys())
        sides = [[one[row] for row in shared] for one in (left, right)]
        alone = any(len({*side} - {-1}) < 2 for side in sides)
        scores.append(0.0 if alone else adjusted_mutual_info_score(*sides))
    return statistics.mean(scores)


def verdict(method: str, fit: dict) -> str:
    """Return what a method says of notes without themes: kafe's status, or how many topics it finds."""
    if "error" in fit:
        return "fails"
    if fit["says"]:
        return fit["says"]
    return f"{len(fit['words'])} topics"


def cell(value: object) -> str:
    if isinstance(value, float):
        return (
            f"{value:.0f}"
            if abs(value) >= 100
            else f"{value:.3f}".replace("0.", ".", 1)
            if abs(value) < 1
            else f"{value:.1f}"
        )
    return "–" if value is None else str(value)


def show(name: str, found: dict[str, dict]) -> None:
    """Print the table of one set of texts."""
    print(f"\n### {name}\n\n| method | {' | '.join(COLUMNS)} |\n|---|{'---:|' * len(COLUMNS)}")
    for method in (method for method in METHODS if method in found):
        one = found[method]
        if "missing" in one:
            print(f"| {method} | not run: {one['missing']} |{' |' * (len(COLUMNS) - 1)}")
        else:
            print(f"| {method} {one['version']} | {' | '.join(cell(one[key]) for key in COLUMNS)} |")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers-python", default=os.environ.get("PEERS_PYTHON", ""))
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 300, 1000])
    parser.add_argument("--sets", nargs="+", choices=LOADERS, default=list(SETS))
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=list(METHODS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=1800, help="seconds a method may take on a set")
    parser.add_argument("--json", type=Path, help="a file of figures to add to")
    chosen = parser.parse_args()
    kept = json.loads(chosen.json.read_text(encoding="utf-8")) if chosen.json and chosen.json.exists() else {}
    sizes = sorted(chosen.sizes)
    cases = [(kind, size) for kind in chosen.sets for size in (sizes if kind in SIZED else [0])]
    for kind, size in cases:
        if kind in SIZED and not NORSID.exists():
            print(f"{kind} left out: no file {NORSID}", file=sys.stderr)
            continue
        pairs = LOADERS[kind](size, chosen.seed)
        name = f"{kind}, {len(pairs)} notes, {len({label for _, label in pairs})} labels"
        with tempfile.TemporaryDirectory() as folder:
            given = job(pairs, Path(folder), chosen.seed, stability=len(pairs) <= 1000)
            for method in chosen.methods:
                python = sys.executable if method.startswith(("kafe", "tfidf")) else chosen.peers_python
                said = (
                    work(method, python, given, Path(folder), chosen.limit)
                    if python
                    else {"missing": "no --peers-python"}
                )
                one = (
                    said if "missing" in said else figures(method, said, given, [label for _, label in pairs])
                )
                kept.setdefault(name, {})[method] = one
                if chosen.json:
                    chosen.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
                print(f"{name}: {method} done", file=sys.stderr)
    for name, found in kept.items():
        show(name, found)


if __name__ == "__main__":
    main()
