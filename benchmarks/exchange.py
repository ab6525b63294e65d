"""Time exports and imports of a coded project in every format, and print one table.

    python benchmarks/exchange.py                     20,000 codings on 2,000 notes
    python benchmarks/exchange.py --codings 2000      fewer

`out` is `kafe export`: from the store to the file. `in` is `kafe import --yes` of that file into a project
with the same notes and no codings: read, plan, and store. `again` is the same import once more, which finds
nothing new. Seconds of this process's processor time, and of the wall clock.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kafe.exchange import apply_import, export, plan_import
from kafe.records import Coding, Note, text_hash
from kafe.settings import Paths, load_settings
from kafe.store.store import open_store

NOTES, CODES, CODERS = 2000, 60, 2
TEXT = (
    "😀 Innspill {number}: vi treng ein fast koordinator på sjukehuset, og noen å ringe til når det haster."
)
AT = "2026-01-01T12:00:00"
FORMATS = (
    ("qdpx", "prosjekt.qdpx", False),
    ("qdc", "kodebok.qdc", False),
    ("xlsx, tidy", "kodinger.xlsx", False),
    ("xlsx, wide", "matrise.xlsx", True),
    ("csv, tidy", "kodinger.csv", False),
    ("csv, wide", "matrise.csv", True),
)


def make(root: Path, codings: int) -> Path:
    """Write a project and return its folder."""
    (root / "data" / "coded").mkdir(parents=True)
    (root / "kafe.toml").write_text('[project]\nid = "maling"\ntitle = "Måling"\n', encoding="utf-8")
    codes = "".join(f"  - {{id: kode-{n}, navn: Kode {n}, definisjon: Om {n}.}}\n" for n in range(CODES))
    (root / "data/coded/kodebok.yaml").write_text(f"koder:\n{codes}", encoding="utf-8")
    notes = [
        Note(f"n{n:05}", "kafe-1", "kafedialog", TEXT.format(number=n), group="bruker", question="hva")
        for n in range(NOTES)
    ]
    with open_store(Paths(root), load_settings(root)) as store:
        store.put_notes(notes, AT)
        store.append_codings(coding(notes[n % NOTES], n) for n in range(codings))
    return root


def coding(note: Note, number: int) -> Coding:
    start = number // NOTES
    quote = note.text[start : start + 30]
    code, coder = f"kode-{(number * 7 + start) % CODES}", f"koder-{start % CODERS}"
    digest = text_hash(note.text)
    return Coding(f"{number:032x}", note.id, start, start + 30, quote, digest, code, coder, AT)


def seconds(act: Callable[[], object]) -> str:
    """Return processor and wall-clock seconds of the act, as a cell."""
    wall, used = time.perf_counter(), time.process_time()
    act()
    return f"{time.process_time() - used:.1f} ({time.perf_counter() - wall:.1f})"


def take_in(root: Path, file: Path) -> None:
    paths, settings = Paths(root), load_settings(root)
    planned = plan_import(paths, settings, file, coder="koder-0")
    apply_import(paths, settings, planned, who="måling", at=AT, mask=list)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--codings", type=int, default=20_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        full, empty = make(folder / "full", chosen.codings), make(folder / "empty", 0)
        print(f"| {chosen.codings:,} codings: processor s (wall) | out | in | again | MB |")
        print("|---|---:|---:|---:|---:|")
        for kind, file_name, wide in FORMATS:
            file, other = folder / file_name, Path(shutil.copytree(empty, folder / f"to-{file_name}"))
            out = seconds(lambda: export(Paths(full), load_settings(full), file, as_wide=wide))  # noqa: B023
            first, again = (seconds(lambda: take_in(other, file)) for _ in range(2))  # noqa: B023
            print(f"| {kind} | {out} | {first} | {again} | {file.stat().st_size / 1e6:.1f} |")


if __name__ == "__main__":
    main()
