"""The table of cases: what must be masked, and what must stand."""

import re
from collections import Counter
from pathlib import Path

import pytest

from kafe.deidentify.keytable import KeyTable
from kafe.deidentify.run import deidentify
from kafe.ingest.records import RawNote

MARK = re.compile(r"<([\wæøå]+):([^<>]*)>")
LINES = [
    line.replace("\\n", "\n")
    for line in (Path(__file__).parent / "cases.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]


@pytest.mark.parametrize("line", LINES)
def test_what_is_marked_is_masked_and_nothing_else(line: str) -> None:
    text = MARK.sub(r"\2", line)
    key = KeyTable.memory()
    done = deidentify([RawNote("a", "s", "kafedialog", text)], nlp=None, key=key)
    expected = MARK.sub(lambda match: f"[{match[1]}]", line)
    kinds = {finding.tag: finding.kind for finding in done.findings}
    result = done.notes[0].text
    for tag, kind in kinds.items():
        result = result.replace(tag, f"[{kind}]")
    assert result == expected


def test_the_table_is_large_enough_to_mean_something() -> None:
    kinds = Counter(match[1] for line in LINES for match in MARK.finditer(line))
    assert len(LINES) >= 180
    assert kinds["person"] >= 40
    assert sum(not MARK.search(line) for line in LINES) >= 80
