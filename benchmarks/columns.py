"""Notes, attributes and false notes read from exports and host notes with a known truth (constructed examples).

`python benchmarks/columns.py [--held-out | --dev] [--show]`. Attributes are group, municipality, table, question,
votes and round; a note counts as read when its text is the true one.
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "ingest"))
from export_cases import FIELDS, HELD_OUT, Case, cases
from export_late import late_cases
from export_more import more_cases

from kafe.ingest import Ingested, RawNote, read_project


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--dev", action="store_true")
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    for name, wanted in (("dev", not options.held_out), ("held-out", not options.dev)):
        if not wanted:
            continue
        totals = [0, 0, 0, 0, 0]
        for case in [*cases(), *more_cases(), *late_cases()]:
            if (case.name in HELD_OUT) == (name == "held-out"):
                totals = [a + b for a, b in zip(totals, score(case, show=options.show), strict=True)]
        found, notes, right, attributes, false = totals
        print(
            f"{name}: {notes} notes, {found / notes:.1%} read; attributes {right / attributes:.1%}; false notes {false}"
        )


def score(case: Case, *, show: bool = False) -> tuple[int, int, int, int, int]:
    """Return notes found, notes, attributes right, attributes, false notes."""
    read = read_case(case)
    texts = {key: text for session in read.sessions for key, text in session.questions.items()}
    left: dict[str, list[RawNote]] = {}
    for note in read.notes:
        left.setdefault(" ".join(note.text.split()), []).append(note)
    found = right = notes = 0
    wrong: list[str] = []
    for truth in case.truth:
        same = left.get(" ".join(truth["text"].split()), [])
        note = same.pop(0) if same else None
        if truth.get("optional"):
            continue
        notes += 1
        if note is None:
            wrong.append(f"lost: {truth['text']}")
            continue
        found += 1
        for field in FIELDS:
            value = getattr(note, field)
            if field == "question":
                value = texts.get(value, value)
            expected = truth.get(field, 0 if field == "votes" else "")
            right += value == expected
            if value != expected:
                wrong.append(f"{field}: {value!r} for {expected!r}")
    false = [note for several in left.values() for note in several]
    wrong += [f"false: {note.text[:60]!r} [{note.source_place}]" for note in false]
    if show and wrong:
        print(case.name, *(f"    {line}" for line in wrong[:12]), f"    … {len(wrong)}", sep="\n")
    return found, notes, right, notes * len(FIELDS), len(false)


def read_case(case: Case) -> Ingested:
    with tempfile.TemporaryDirectory() as folder:
        session = Path(folder) / "raw" / case.name
        session.mkdir(parents=True)
        head = f'title = "{case.name}"\ndate = 2025-06-03\nkind = "{case.kind}"\n'
        (session / "session.toml").write_text(head + case.toml, encoding="utf-8")
        for name, data in case.files.items():
            (session / name).write_bytes(data)
        return read_project(session.parent)


if __name__ == "__main__":
    main()
