"""Search by words and by meaning: how well the names of codes find what people put the codes on.

    python benchmarks/search.py

Each code of the example's codebook that people have used on three notes or more is a query of its name. The notes that
people have read are ranked by words alone (BM25 of norm forms), by meaning alone and by both; mean average precision.
"""

import statistics
from collections import defaultdict
from pathlib import Path

from kafe.flow import Project, bring_up_to_date
from kafe.search import Corpus, Search

FEWEST = 3
ROOT = Path(__file__).parent.parent


def average_precision(order: list[str], right: set[str]) -> float:
    """Return the mean of the precision at every right note; one that is not in the order counts zero."""
    hits = [place for place, key in enumerate(order, start=1) if key in right]
    return sum(number / place for number, place in enumerate(hits, start=1)) / len(right)


def main() -> None:
    project = Project(ROOT)
    bring_up_to_date(project, lambda text: None)
    finished = {mark[1] for mark in project.tables.coding.finished}
    texts = {note.id: note.text for note in project.notes() if note.id in finished}
    used: dict[str, set[str]] = defaultdict(set)
    for row in project.tables.coding.codings:
        if row["note_id"] in texts:
            used[row["code"]].add(row["note_id"])
    names = {code.id: code.name for code in project.codebook().codes}
    notes = {note.id: note for note in project.notes() if note.id in texts}
    meaning = Search(Corpus(notes, project.codebook())).meaning
    found = defaultdict(list)
    for code in sorted(code for code, notes in used.items() if len(notes) >= FEWEST):
        lexical, near = meaning.lexical(names[code]), meaning.likeness(names[code])
        orders = {
            "words": sorted(lexical, key=lambda key: (-lexical[key], key)),
            "meaning": sorted(near, key=lambda key: (-near[key], key)),
            "both": meaning.fused(names[code]),
        }
        for name, order in orders.items():
            found[name].append(average_precision(order, used[code]))
    maps = {name: statistics.mean(values) for name, values in found.items()}
    print(f"{len(texts)} notes, {len(found['both'])} codes as queries")
    for name, value in maps.items():
        print(f"MAP, {name:8} {value:.3f}")
    print(f"both over words {maps['both'] / maps['words']:.2f}")


if __name__ == "__main__":
    main()
