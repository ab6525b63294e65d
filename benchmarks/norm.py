"""Norm forms on the pairs set aside before their rules were written: do twins meet, do others stay apart?

    python benchmarks/norm.py [FILE]

FILE holds `kind`, word, other word, with tabs between; kind is `twin` or `apart`. Prints JSON: shares of
pairs, the words that went wrong, and words per second.
"""

import json
import sys
import time
from pathlib import Path

from kafe.language.norm import norm_form, norm_forms

HELD_OUT = Path(__file__).parents[1] / "tests" / "data" / "norm_pairs_held_out.tsv"


def read_pairs(path: Path) -> list[tuple[str, str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(kind, word, other) for kind, word, other in rows]


def scores(path: Path = HELD_OUT) -> dict[str, object]:
    """Return the share of twins that meet and of others that stay apart, with the pairs that failed."""
    pairs = read_pairs(path)
    right: dict[str, list[bool]] = {"twin": [], "apart": []}
    wrong: dict[str, list[str]] = {"twin": [], "apart": []}
    for kind, word, other in pairs:
        met = norm_form(word) == norm_form(other)
        right[kind].append(met is (kind == "twin"))
        if met is not (kind == "twin"):
            wrong[kind].append(f"{word}/{other}")
    words = [f"{word}{number}" for number in range(20) for _, *both in pairs for word in both]
    letters = [word.translate(str.maketrans("0123456789", "abcdefghij")) for word in words]
    begun = time.perf_counter()
    norm_forms(letters)
    seconds = time.perf_counter() - begun
    return {
        **{f"{kind}_pairs": len(found) for kind, found in right.items()},
        **{f"{kind}_right": round(sum(found) / len(found), 4) for kind, found in right.items()},
        **{f"{kind}_wrong": found for kind, found in wrong.items()},
        "unknown_words_per_second": round(len(letters) / seconds),
    }


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else HELD_OUT
    sys.stdout.write(json.dumps(scores(path), ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
