"""Time the coding workbench's session on a large store, and print one table.

    .venv/bin/python benchmarks/workbench.py        2,000 notes, 100,000 codings; SQLite, then PostgreSQL
    KAFE_POSTGRES=postgresql+psycopg://… benchmarks/workbench.py      on an empty database of that server

Without an address a PostgreSQL server of one's own is started, where one is installed. Sessions only:
what the browser adds is drawing one note. `open` is everything from an open store to the first note on
screen, and the tally of the coder's codes follows it; `next note` is fetching one note that was not
fetched ahead; `key to stored` is from a key pressed to the answer that the store has it; `first undo`
reads what the coder did in earlier sessions. Times are of the wall clock; the processor time of this
process stands beside them, for machines that are busy.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "store"))
from postgres_server import Unavailable, private_server

from kafe.clock import now
from kafe.codings.reading_order import in_reading_order
from kafe.records import Code, Codebook, Coding, Note, Suggestion, text_hash
from kafe.store.store import Store
from kafe.workbench import CodingMaterial, merge_suggestions
from kafe.workbench.coding_session import CodingSession

NOTES, CODINGS, CODERS, CODES = 2_000, 100_000, 4, 60
TEXT = "Vi trenger en fast kontaktperson som kan møte folk der de er, også på kveldstid og i helger. " * 2
LIMITS = {"open": 1.0, "open and tally": 3.0, "next note": 0.1, "key to stored": 0.05, "first undo": 3.0}


def seconds(act: Callable[[], object]) -> tuple[float, float]:
    """Return how long the act took, and how much of the processor's time."""
    started, used = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - started, time.process_time() - used


def fill(store: Store) -> Codebook:
    """Put the notes and the codings of several coders into an empty store; return their codebook."""
    notes = [Note(f"n{n:05}", f"s{n % 5}", "kafedialog", f"{TEXT}{n}") for n in range(NOTES)]
    store.put_notes(notes, at="2025-01-01T00:00:00")
    codes = tuple(Code(f"kode-{n}", f"Kode {n}") for n in range(CODES))
    hashes = [text_hash(note.text) for note in notes]
    each = CODINGS // NOTES
    for first in range(0, NOTES, 100):
        store.append_codings(
            Coding(
                id=f"{note.id}-{n}",
                note_id=note.id,
                start=n,
                end=n + 5,
                quote=note.text[n : n + 5],
                text_hash=hashes[first + at],
                code=codes[(n * 7 + first) % CODES].id,
                coder=f"koder-{n % CODERS}",
                at="2025-01-02T00:00:00",
            )
            for at, note in enumerate(notes[first : first + 100])
            for n in range(each)
        )
    return Codebook(codes, "v")


def measure(store: Store, codebook: Codebook) -> dict[str, list[tuple[float, float]]]:
    """Return the seconds of several runs of each kind."""

    def opened() -> CodingSession:
        notes = in_reading_order(store.notes())
        suggestions = [Suggestion(note.id, 0, 10, "kode-1", "rule:x", "Treff.") for note in notes]
        session = CodingSession(
            store,
            CodingMaterial(notes, codebook, suggestions=merge_suggestions(suggestions)),
            now=now,
            coder="koder-0",
        )
        session.handle({"id": "o", "do": "open"})
        first = session.handle({"id": "f", "do": "find"})["ids"][0]
        session.handle({"id": "n", "do": "notes", "ids": [first]})
        return session

    def tallied() -> object:
        return opened().handle({"id": "t", "do": "tally"})

    opening = [seconds(opened) for _ in range(5)]
    session = opened()
    session.handle({"id": "t", "do": "tally"})
    ids = session.handle({"id": "ids", "do": "find"})["ids"]
    following, storing = [], []
    for number, note_id in enumerate(ids[:60]):
        shown: dict = {}
        ask = {"id": f"n{number}", "do": "notes", "ids": [note_id]}
        following.append(seconds(lambda ask=ask, shown=shown: shown.update(session.handle(ask)["notes"][0])))
        points = shown["text"]
        act = {"id": f"{time.time_ns()}", "do": "code", "note": note_id, "hash": shown["hash"]}
        act |= {"start": 3, "end": 30 + number, "quote": points[3 : 30 + number], "code": "kode-3"}
        answers: list[dict] = []
        storing.append(seconds(lambda act=act, answers=answers: answers.append(session.handle(act))))
        assert answers[0]["ok"], answers
    tally = [seconds(tallied) for _ in range(5)]
    fresh = opened()
    undoing = [seconds(lambda: fresh.handle({"id": f"{time.time_ns()}", "do": "undo"}))]
    return {
        "open": opening,
        "open and tally": tally,
        "next note": following,
        "key to stored": storing,
        "first undo": undoing,
    }


def table(address: str) -> bool:
    """Print the table of a store; return whether a median is over its limit."""
    with Store(address) as store:
        figures = measure(store, fill(store))
    print(f"{NOTES} notes, {CODINGS} codings by {CODERS} coders, {address.partition(':')[0]}")
    print(f"{'':16}{'median':>10}{'95 %':>10}{'processor':>11}{'limit':>10}")
    late = False
    for name, runs in figures.items():
        walls = sorted(wall for wall, _ in runs)
        median, high = statistics.median(walls), walls[int(0.95 * (len(walls) - 1))]
        used = statistics.median(used for _, used in runs)
        late |= median > LIMITS[name]
        times = f"{median * 1000:7.0f} ms{high * 1000:7.0f} ms{used * 1000:8.0f} ms"
        print(f"{name:16}{times}{LIMITS[name] * 1000:7.0f} ms")
    return late


def main() -> int:
    """Print the tables; return 1 when a median is over its limit."""
    if address := os.environ.get("KAFE_POSTGRES"):
        return int(table(address))
    with tempfile.TemporaryDirectory() as folder:
        late = table(f"sqlite:///{Path(folder) / 'kafe.sqlite'}")
        try:
            with private_server(Path(folder) / "server") as address:
                late |= table(address)
        except Unavailable as reason:
            print(f"PostgreSQL: {reason}")
    return int(late)


if __name__ == "__main__":
    sys.exit(main())
