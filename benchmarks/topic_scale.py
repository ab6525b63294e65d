"""Free topics of 2,000 to 100,000 notes: seconds, memory and cost a note, fitted and described, after imports.

    python benchmarks/topic_scale.py [SIZE ...]

Each note is the first half of one note of the example project and the second half of another, so that all
differ; lemmas are made beforehand. Each size runs in a process of its own, whose highest memory is told.
"""

import json
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

SIZES = (2_000, 10_000, 100_000)
ROOT = Path(__file__).parent.parent


def composed(size: int) -> tuple[list[str], list[list[str]]]:
    """Return texts and their content lemmas."""
    from kafe.ingest.project import read_project
    from kafe.topics.evaluation import lemmatiser

    words = [note.text.split() for note in read_project(ROOT / "data" / "raw").notes]
    heads = [" ".join(row[: -(-len(row) // 2)]) for row in words]
    tails = [" ".join(row[len(row) // 2 :]) for row in words]
    lemmas = lemmatiser()([*heads, *tails])
    draw = random.Random(1)
    pairs = [(draw.randrange(len(words)), draw.randrange(len(words))) for _ in range(size)]
    texts = [f"{heads[head]} {tails[tail]} {number}" for number, (head, tail) in enumerate(pairs)]
    return texts, [lemmas[head] + lemmas[len(words) + tail] for head, tail in pairs]


def measure(size: int) -> dict[str, float | str]:
    """Return what one fit took, in this process."""
    import bertopic  # noqa: F401

    from kafe.topics import TopicInput, TopicOptions, free_topics
    from kafe.topics.vectors import Embedder

    texts, lemmas = composed(size)
    Embedder().embed(["bolig"])
    wall, cpu = time.perf_counter(), time.process_time()
    found = free_topics(
        TopicInput([f"{row:07}" for row in range(size)], texts, lemmas), options=TopicOptions(seed=1)
    )
    return {
        "seconds": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "words": sum(map(len, lemmas)) / size,
        "said": f"{found.status}, {found.k} topics",
    }


def main() -> None:
    """Print the table, or the figures of one size as JSON when started by itself."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]))))
        return
    print("| notes | seconds | of processor | ms of processor a note | MB | words a note | result |")
    print("|---:|---:|---:|---:|---:|---:|---|")
    for size in map(int, sys.argv[1:] or SIZES):
        done = subprocess.run(
            [sys.executable, "-W", "ignore", __file__, "--one", str(size)],
            capture_output=True,
            text=True,
            check=True,
        )
        one = json.loads(done.stdout.splitlines()[-1])
        print(
            f"| {size} | {one['seconds']:.1f} | {one['cpu']:.1f} | {1000 * one['cpu'] / size:.2f} "
            f"| {one['mb']:.0f} | {one['words']:.1f} | {one['said']} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
