"""Time the store with 100,000 codings in it, as the workbench uses it; print one table.

    python benchmarks/store.py                            SQLite, and PostgreSQL where it is installed
    python benchmarks/store.py --codings 10000            a smaller store
    python benchmarks/store.py --json                     the figures as JSON

2,000 notes, ten coders; medians of repeated calls, in milliseconds.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kafe.records import Coding, Note, text_hash
from kafe.store.store import Store

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "store"))
from postgres_server import Unavailable, private_server

NOTES, CODERS = 2000, 10
TEXT = "Innspill {number}: vi treng ein fast koordinator på sjukehuset, og noen å ringe til når det haster."
AT = "2026-01-01T12:00:00"


def the_note(number: int) -> Note:
    return Note(f"n{number:05}", "kafe-1", "kafedialog", TEXT.format(number=number))


def a_coding(number: int) -> Coding:
    """Return the coding with this number: the codings run through all notes before a note gets its next."""
    note = the_note(number % NOTES)
    turn = number // NOTES
    start = turn // CODERS % 60
    quote = note.text[start : start + 20]
    coder = f"koder-{turn % CODERS}"
    name = f"{number:032x}"
    digest = text_hash(note.text)
    return Coding(name, note.id, start, start + 20, quote, digest, f"kode-{turn % 40}", coder, AT)


def fill(url: str, codings: int) -> None:
    with Store(url) as store:
        store.put_notes([the_note(number) for number in range(NOTES)], AT)
        store.append_codings([a_coding(number) for number in range(codings)])


def timed(call: Callable[[], object], times: int) -> float:
    """Return the median milliseconds of the calls."""
    took = []
    for _ in range(times):
        started = time.perf_counter()
        call()
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took)


def measure(url: str) -> dict[str, float]:
    """Return what each act of the workbench takes."""
    ids = [f"n{number:05}" for number in range(NOTES)]

    def open_everything() -> None:
        with Store(url) as store:
            store.notes(ids)
            store.codings(ids, ["koder-3"])

    def append_one(store: Store) -> None:
        note = the_note(7)
        event = Coding(
            uuid.uuid4().hex, note.id, 3, 9, note.text[3:9], text_hash(note.text), "ny", "koder-3", AT
        )
        store.append_codings([event])

    found = {"open the store": timed(lambda: Store(url).close(), 5)}
    found["open, 2,000 notes, one coder's codings"] = timed(open_everything, 5)
    with Store(url) as store:
        found["2,000 notes"] = timed(lambda: store.notes(ids), 5)
        found["one coder's codings of 2,000 notes"] = timed(lambda: store.codings(ids, ["koder-3"]), 5)
        found["codings of one note"] = timed(lambda: store.codings(["n00042"]), 50)
        found["append one coding"] = timed(lambda: append_one(store), 50)
        found["every coding in the store"] = timed(store.codings, 3)
    return found


@contextmanager
def stores(folder: Path) -> Iterator[dict[str, str]]:
    """Give the address of an empty store of each kind that this machine has."""
    addresses = {"SQLite": f"sqlite:///{folder / 'kafe.sqlite'}"}
    try:
        with private_server(folder / "postgres") as address:
            yield addresses | {"PostgreSQL": address}
    except Unavailable as reason:
        print(f"PostgreSQL left out: {reason}", file=sys.stderr)
        yield addresses


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--codings", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, stores(Path(folder)) as addresses:
        found = {}
        for kind, url in addresses.items():
            fill(url, chosen.codings)
            found[kind] = measure(url)
    if chosen.json:
        print(json.dumps({"codings": chosen.codings, "milliseconds": found}, ensure_ascii=False, indent=2))
        return
    print(f"| {chosen.codings:,} codings, milliseconds | {' | '.join(found)} |")
    print("|---|" + "---:|" * len(found))
    for act in next(iter(found.values())):
        print(f"| {act} | {' | '.join(f'{of[act]:.1f}' for of in found.values())} |")


if __name__ == "__main__":
    main()
