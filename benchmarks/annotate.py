"""Time kafe's annotate beside bare `nlp.pipe` of the same model and beside one call a note, interleaved.

    python benchmarks/annotate.py                 1,000 and 10,000 notes
    python benchmarks/annotate.py --large         100,000 notes as well
    python benchmarks/annotate.py 1000            these sizes
    python benchmarks/annotate.py --processes 2   what two processes take, beside one

Notes are the example project's, numbered so that no two are alike. Times depend on the machine; ratios
are taken in the same process, one beside the other, and are the figures to compare. One call a note is
timed on at most 2,000 notes.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from kafe.ingest.project import read_project
from kafe.language.annotate import AnnotationCache, annotate, annotated
from kafe.language.models import load_pipeline

ROOT = Path(__file__).parent.parent
BLOCKS = 4
"""Each size is timed in so many interleaved blocks."""
MOST_CALLS = 2000


def notes(count: int) -> list[str]:
    """Return so many different texts."""
    texts = [note.text for note in read_project(ROOT / "data" / "raw").notes if len(note.text) < 400]
    return [f"{text} ({number})" for number, text in enumerate(islice(cycle(texts), count))]


def seconds(work: Callable[[], object]) -> float:
    """Return the processor seconds of this process that the work took."""
    started = time.process_time()
    work()
    return time.process_time() - started


def exhaust(stream: object) -> None:
    """Read an iterator to its end."""
    for _ in stream:  # type: ignore[attr-defined]
        pass


def measure(count: int) -> None:
    """Print one row: cost a note of annotate, its speed beside `nlp.pipe` and single calls, warm run, memory."""
    nlp = load_pipeline("nb_kafe_sm")
    texts = notes(count)
    exhaust(nlp.pipe(texts[:200]))
    ours = bare = single = 0.0
    singles = texts[:MOST_CALLS]
    for block in range(BLOCKS):
        part = texts[block::BLOCKS]
        named = {str(number): text for number, text in enumerate(part)}
        if block % 2:
            bare += seconds(lambda part=part: exhaust(nlp.pipe(part)))
        ours += seconds(lambda named=named: annotate(named, nlp))
        if not block % 2:
            bare += seconds(lambda part=part: exhaust(nlp.pipe(part)))
        single += seconds(lambda some=singles[block::BLOCKS]: [nlp(text) for text in some])
    with tempfile.TemporaryDirectory() as folder:
        cache = AnnotationCache(Path(folder) / "annotations.spacy")
        named = {str(number): text for number, text in enumerate(texts)}
        annotate(named, nlp, cache)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        size = cache.path.stat().st_size / 1e6
        warm = seconds(lambda: annotate(named, nlp, cache))
    each = single / len(singles) / (ours / count)
    print(
        f"| {count:,} | {1000 * ours / count:.2f} | {bare / ours:.2f} | {each:.2f} "
        f"| {warm / ours:.2f} | {size:.1f} | {memory:,.0f} |",
        flush=True,
    )


def compare_processes(count: int, processes: int) -> None:
    """Print the wall seconds of one process and of several on the same notes."""
    nlp, texts = load_pipeline("nb_kafe_sm"), notes(count)
    for number in (1, processes):
        started = time.perf_counter()
        exhaust(annotated(texts, nlp, number))
        print(f"{number} process(es), {count:,} notes: {time.perf_counter() - started:.1f} s", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10_000])
    parser.add_argument("--large", action="store_true", help="also 100,000 notes")
    parser.add_argument("--processes", type=int, default=1)
    asked = parser.parse_args()
    if asked.processes > 1:
        compare_processes(max(asked.sizes), asked.processes)
        return
    print(
        "| notes | ms a note | speed, of bare pipe | times one call a note | warm, of cold | cache MB | peak MB |"
    )
    print("|---|---|---|---|---|---|---|")
    for size in [*asked.sizes, *([100_000] if asked.large else [])]:
        measure(size)


if __name__ == "__main__":
    main()
