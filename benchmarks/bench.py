"""Time kafe as whole processes on a copy of the example project, and print one table.

    make bench                      every figure, three runs each, medians
    TREEBANK=folder make bench      also scores the bundled pipeline on the development parts
    PEERS_PYTHON=path make bench    also sets topics beside those of the peers (see benchmarks/peers.py)

Times depend on the machine; the column `ratio` does not, or much less.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
KAFE = [sys.executable, "-m", "kafe"]
NOTE = ("bord-1.md", "Ensomhet.", "Einsemd.")
"""File of the first meeting, a word in one of its notes, and what one note is changed to."""


@dataclass(frozen=True)
class Run:
    """Wall seconds, processor seconds, and the highest sum of memory (USS, MB) of the process tree."""

    wall: float
    cpu: float
    memory: float


def measure(command: list[str], folder: Path, key: Path) -> Run:
    """Return what one run of the command in `folder` took; raises CalledProcessError when it fails."""
    environment = os.environ | {"KAFE_KEY_DIR": str(key)}
    before = os.times()
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, tree_memory(process.pid))
        time.sleep(0.1)
    wall = time.perf_counter() - started
    after = os.times()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(wall, cpu, peak)


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


def run_example(repeats: int) -> dict[str, list[Run]]:
    """Return the runs of `kafe run` cold, with nothing changed, and with one note changed."""
    runs: dict[str, list[Run]] = {"cold": [], "unchanged": [], "one note": []}
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
    for origin, (precision, recall) in against.items():
        print(
            f"{origin}: precision {precision:.2f}, recall {recall:.2f} against the example's coders, by note"
        )
    largest = max(sizes, key=lambda name: sizes[name])
    print(f"largest report: {largest}, {sizes[largest]:.1f} MB (target: under 6)")
    return runs


def suggestions_against_people(project: Path) -> dict[str, tuple[float, float]]:
    """Return precision and recall of rules and anchored themes by note, on notes that a person finished.

    Every code that any coder put on the note counts as right. The example is what patterns and anchors
    were chosen on, so this is a development figure.
    """
    results = project / ".kafe" / "results"
    finished = json.loads((results / "coding.json").read_text(encoding="utf-8"))["finished"]
    notes = {note_id for _, note_id in finished}
    members = json.loads((results / "pilot.json").read_text(encoding="utf-8"))["memberships"]
    by_origin: dict[str, set[tuple[str, str]]] = {}
    for note_id, theme, origin in members:
        if note_id in notes:
            by_origin.setdefault(origin, set()).add((note_id, theme))
    right = by_origin["menneske"]
    return {
        origin: (
            len(by_origin[origin] & right) / len(by_origin[origin]),
            len(by_origin[origin] & right) / len(right),
        )
        for origin in ("regel", "anker")
    }


def words_per_second() -> float:
    """Return how many words a second the bundled pipeline annotates on one core, loading not counted."""
    from kafe.ingest import read_project
    from kafe.language import load_pipeline

    texts = [note.text for note in read_project(ROOT / "data" / "raw").notes] * 5
    nlp = load_pipeline("nb_kafe_sm")
    for _ in nlp.pipe(texts[:200]):
        pass
    started = time.process_time()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    return words / (time.process_time() - started)


def row(name: str, value: str, target: str, ratio: str = "") -> None:
    """Print one line of the table."""
    print(f"| {name} | {value} | {target} | {ratio} |")


def main() -> None:
    """Measure and print."""
    repeats = int(os.environ.get("REPEATS", "3"))
    with tempfile.TemporaryDirectory() as folder:
        starts = [measure([*KAFE, "--help"], ROOT, Path(folder)).wall for _ in range(max(5, repeats))]
    runs = run_example(repeats)
    wall = {name: statistics.median(run.wall for run in found) for name, found in runs.items()}
    memory = max(run.memory for found in runs.values() for run in found)
    print("\n| what | measured (median) | target | of a cold run |")
    print("|---|---|---|---|")
    row("`kafe --help`", f"{statistics.median(starts):.2f} s", "under 0.5 s")
    row("`kafe run`, cold cache", f"{wall['cold']:.1f} s", "under 60 s", "1")
    row(
        "nothing changed",
        f"{wall['unchanged']:.1f} s",
        "under 3 s",
        f"{wall['unchanged'] / wall['cold']:.2f}",
    )
    row(
        "one note changed",
        f"{wall['one note']:.1f} s",
        "under .40 of cold",
        f"{wall['one note'] / wall['cold']:.2f}",
    )
    row("peak memory, all processes", f"{memory:.0f} MB", "under 1,200 MB")
    row("nb_kafe_sm, one core", f"{words_per_second():,.0f} words/s", "")
    if treebank := os.environ.get("TREEBANK"):
        from kafe.language import load_pipeline
        from kafe.language.evaluate import evaluate_conllu

        for standard in ("nob", "nno"):
            scores = evaluate_conllu(
                load_pipeline("nb_kafe_sm"), Path(treebank) / f"ud-dev-{standard}.conllu"
            )
            short = {key: scores[key] for key in ("pos", "morph", "lemma", "sentence_f", "entity_f")}
            row(f"nb_kafe_sm on ud-dev-{standard}", json.dumps(short), "")
    if os.environ.get("PEERS_PYTHON"):
        subprocess.run([sys.executable, str(Path(__file__).with_name("peers.py"))], check=True)


if __name__ == "__main__":
    main()
