"""Run every benchmark that this machine can run, print what they measure, and keep it in RESULTS.md.

    make bench                             everything
    make bench BENCH="--only norm store"   some parts; the others' figures stand as they were measured
    make bench BENCH=--quick               the smallest settings: shows that all parts run; nothing is kept
    REPEATS=5 make bench                   so many runs of the whole program, of which medians are taken
    PEERS_PYTHON=path make bench           also topics beside those of the peers (see peers.py)

Each part but the first is a script of its own beside this one, to be run alone as well. What needs data
or programs that are not here is left out, with the reason. Wall-clock times depend on the machine and on
what else it does; processor times and ratios do less.
"""

import argparse
import contextlib
import datetime
import io
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil

from kafe import __version__

ROOT = Path(__file__).parent.parent
KAFE = [sys.executable, "-m", "kafe"]
NORSID = ROOT.parent / "shared" / "eval" / "norsid-dev.conll"
RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = """# Figures of kafe

Written by `make bench`; each part says when and where it was measured. Wall-clock times depend on the machine and on
what else it did; processor times and ratios less so.
"""
NOTE = ("bord-1.md", "Ensomhet.", "Einsemd.")
"""File of the first meeting, a word in one of its notes, and what one note is changed to."""


@dataclass(frozen=True)
class Part:
    """A script beside this one: its heading, its arguments, and those of the quick run (None: not run)."""

    script: str
    title: str
    full: tuple[str, ...] = ()
    quick: tuple[str, ...] | None = ()


EXAMPLE = "example"
EXAMPLE_TITLE = "The example project"
PARTS = (
    Part("columns", "Notes and attributes read from exports and host notes"),
    Part("language", "The language pipeline, on newspaper text and on notes"),
    Part("norm", "Norm forms: Bokmål and Nynorsk as one"),
    Part("annotate", "Annotating notes", quick=("100",)),
    Part("embeddings", "Embeddings and anchored themes", quick=("--skip-retrieval",)),
    Part("topic_groups", "Ways of grouping"),
    Part("topic_scale", "Topics of many notes", full=("2000", "10000"), quick=("300",)),
    Part("learning", "Suggestions that learn", full=("--seeds", "1"), quick=("--only", "time")),
    Part("counts", "Counts of codes: read and estimated", full=("--draws", "4"), quick=("--draws", "1")),
    Part("search", "Search by words and by meaning"),
    Part("stage_tables", "Tables between stages, 100,000 notes", quick=("1000",)),
    Part("store", "The store", quick=("--codings", "2000")),
    Part("workbench", "The coding workbench", quick=None),
    Part("exchange", "Exchange with other programs", quick=("--codings", "500")),
    Part("peers", "Topics beside the peers", quick=("--sets", "cafe", "--methods", "kafe", "nmf")),
)


@dataclass(frozen=True)
class Run:
    """Wall seconds, processor seconds, and the highest sum of memory (USS, MB) of the process tree."""

    wall: float
    cpu: float
    memory: float


def measure(command: list[str], folder: Path, key: Path) -> Run:
    """Return what one run of the command in `folder` took; raises CalledProcessError when it fails."""
    environment = os.environ | {"KAFE_KEY_DIR": str(key)}
    before, started = os.times(), time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    ended = threading.Event()
    peaks = [0.0]

    def watch() -> None:
        while not ended.wait(0.1):
            peaks.append(tree_memory(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    wall, after = time.perf_counter() - started, os.times()
    ended.set()
    watcher.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(wall, cpu, max(peaks))


def tree_memory(pid: int) -> float:
    """Return the megabytes that a process and its descendants hold for themselves alone."""
    total = 0
    try:
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.Error:
        return 0.0
    for member in family:
        try:
            total += member.memory_full_info().uss
        except psutil.Error:
            continue
    return total / 1e6


def copy_project(target: Path) -> None:
    """Copy the example project without anything derived."""
    shutil.copytree(ROOT / "data", target / "data", ignore=shutil.ignore_patterns("*.sqlite*"))
    shutil.copytree(
        ROOT / "notebooks", target / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    shutil.copy(ROOT / "kafe.toml", target)


def change_one_note(project: Path) -> None:
    """Change one word of one note in place."""
    name, old, new = NOTE
    path = project / "data" / "raw" / "eksempel-kafe-1" / name
    text = path.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise ValueError(f"{name} holds {text.count(old)} times {old!r}; expected one")
    path.write_text(text.replace(old, new), encoding="utf-8")


def example(repeats: int) -> bool:
    """Print times and memory of `kafe run` on copies of the example: cold, unchanged, with one note changed."""
    print(f"Whole processes, medians of {repeats}.\n")
    runs: dict[str, list[Run]] = {"help": [], "cold": [], "unchanged": [], "one note": []}
    with tempfile.TemporaryDirectory() as folder:
        runs["help"] = [measure([*KAFE, "--help"], ROOT, Path(folder)) for _ in range(max(5, repeats))]
    for _ in range(repeats):
        with tempfile.TemporaryDirectory() as folder:
            project, key = Path(folder) / "project", Path(folder) / "key"
            copy_project(project)
            runs["cold"].append(measure([*KAFE, "run"], project, key))
            against = suggestions_against_people(project)
            runs["unchanged"].append(measure([*KAFE, "run"], project, key))
            change_one_note(project)
            runs["one note"].append(measure([*KAFE, "run"], project, key))
            sizes = {path.name: path.stat().st_size / 1e6 for path in (project / "reports").iterdir()}
    wall = {name: statistics.median(run.wall for run in found) for name, found in runs.items()}
    cpu = {name: statistics.median(run.cpu for run in found) for name, found in runs.items()}
    memory = max(run.memory for found in runs.values() for run in found)
    print("| what | wall | processor | target | of a cold run |")
    print("|---|---:|---:|---|---:|")
    for name, shown, target in (
        ("help", "`kafe --help`", "under 0.5 s"),
        ("cold", "`kafe run`, nothing cached", "under 60 s"),
        ("unchanged", "again, nothing changed", "under 3 s"),
        ("one note", "again, one note changed", "under .40 of cold"),
    ):
        share = "" if name == "help" else f"{wall[name] / wall['cold']:.2f}"
        print(f"| {shown} | {wall[name]:.2f} s | {cpu[name]:.2f} s | {target} | {share} |")
    largest = max(sizes, key=lambda name: sizes[name])
    print(f"\nMost memory, all processes together: {memory:.0f} MB (target: under 1,200).")
    print(f"Largest report: {largest}, {sizes[largest]:.1f} MB (target: under 6).")
    for origin, (precision, recall) in against.items():
        print(f"«{origin}» against the example's coders, by note: {precision:.2f} right, {recall:.2f} found.")
    return True


def suggestions_against_people(project: Path) -> dict[str, tuple[float, float]]:
    """Return precision and recall of rules and anchored themes by note, on notes that a person finished.

    Every code that any coder put on the note counts as right. The example is what patterns and anchors
    were chosen on, so this is a development figure.
    """
    results = project / ".kafe" / "results"
    finished = json.loads((results / "coding/finished.json").read_text(encoding="utf-8"))
    notes = {note_id for _, note_id in finished}
    members = json.loads((results / "pilot/memberships.json").read_text(encoding="utf-8"))
    by_origin: dict[str, set[tuple[str, str]]] = {}
    for note_id, theme, origin in members:
        if note_id in notes:
            by_origin.setdefault(origin, set()).add((note_id, theme))
    right = by_origin["human"]
    return {
        origin: (
            len(by_origin[origin] & right) / len(by_origin[origin]),
            len(by_origin[origin] & right) / len(right),
        )
        for origin in ("rule", "anchor")
    }


def arguments(part: Part, *, quick: bool) -> list[str] | str:
    """Return the script's arguments, or the reason why it is not run here."""
    chosen = part.quick if quick else part.full
    if chosen is None:
        return "it has no smaller setting than its own"
    if part.script == "peers" and not os.environ.get("PEERS_PYTHON"):
        return "PEERS_PYTHON does not name a Python that has the peers (benchmarks/peers.py says what to install)"
    return list(chosen)


def run(part: Part, *, quick: bool) -> bool:
    """Print the part's command and what the script printed; return whether it went well."""
    chosen = arguments(part, quick=quick)
    if isinstance(chosen, str):
        print(f"Left out: {chosen}.")
        return True
    shown = " ".join(os.path.relpath(word, ROOT) if Path(word).is_absolute() else word for word in chosen)
    print(f"`python benchmarks/{part.script}.py{' ' if shown else ''}{shown}`")
    if part.script == "learning" and not NORSID.is_file():
        print("\nWithout NorSID: no file ../shared/eval/norsid-dev.conll.")
    script = Path(__file__).with_name(f"{part.script}.py")
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(script), *chosen], stdout=subprocess.PIPE, text=True, check=False
    )
    found = done.stdout.strip("\n")
    fence = "" if found.startswith("|") else "```\n"
    if found:
        print(f"\n{fence}{found}{fence and chr(10) + fence.strip()}")
    print(f"\n{time.perf_counter() - started:.0f} s.")
    if done.returncode:
        print(f"**Ended with status {done.returncode}.**")
    return not done.returncode


def machine() -> str:
    """Return the day and the machine in one line."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    about = (
        f"kafe {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    )
    return f"{datetime.date.today():%Y-%m-%d}, {about}, {cores} cores"


def keep(document: str, title: str, body: str) -> str:
    """Return the document with the part called `title` put in, in place of what it held of it before."""
    parts = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", document, re.M | re.S))
    parts[title] = f"\n{body.strip()}\n\n"
    order = [EXAMPLE_TITLE, *(part.title for part in PARTS)]
    known = [name for name in order if name in parts]
    return (HEAD + "\n" + "".join(f"## {name}\n{parts[name]}" for name in known)).rstrip() + "\n"


def measured(title: str, work: Callable[[], bool], *, quick: bool) -> bool:
    """Do one part, print it under its heading and keep it; return whether it went well."""
    print(f"\n## {title}\n", flush=True)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        print(f"{machine()}.\n")
        good = work()
    print(said.getvalue(), flush=True)
    kept = not quick and "Left out:" not in said.getvalue()
    if kept and (good or "|" in said.getvalue() or "```" in said.getvalue()):
        before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
        RESULTS.write_text(keep(before, title, said.getvalue()), encoding="utf-8")
    return good


def main() -> int:
    """Do the parts that are asked for; return 1 when a part failed or missed a limit that it checks itself."""
    names = [EXAMPLE, *(part.script for part in PARTS)]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only", nargs="+", choices=names, default=names, metavar="PART", help=", ".join(names)
    )
    parser.add_argument("--quick", action="store_true", help="the smallest settings")
    chosen = parser.parse_args()
    if chosen.quick:
        print("A quick run: what is printed shows that the scripts run, and measures nothing.")
    good = []
    if EXAMPLE in chosen.only:
        repeats = 1 if chosen.quick else int(os.environ.get("REPEATS", "3"))
        good.append(measured(EXAMPLE_TITLE, lambda: example(repeats), quick=chosen.quick))
    for part in PARTS:
        if part.script in chosen.only:
            good.append(measured(part.title, partial(run, part, quick=chosen.quick), quick=chosen.quick))
    return int(not all(good))


if __name__ == "__main__":
    sys.exit(main())
