"""What docs/bruk/kodebok.md shows is what kafe does."""

import re
from pathlib import Path

import pytest
import spacy

from kafe.agreement.units import agreement
from kafe.codebook.reader import CODE_KEYS, TOP_KEYS, load_codebook
from kafe.codings.files import read_codings
from kafe.records import Code, Codebook, KafeError, Note, Unit
from kafe.suggestions.rules import suggest_by_rules

GUIDE = (Path(__file__).parents[2] / "docs" / "bruk" / "kodebok.md").read_text(encoding="utf-8")
YAML, ERROR, CSV = re.findall(r"```\w*\n(.*?)```", GUIDE, re.DOTALL)
PATTERNS = re.findall(
    r"^\| `([^`]+)` \| .*?(?:\*(.+?)\*)? \|$", GUIDE.partition("## Mønstre")[2], re.MULTILINE
)


@pytest.fixture
def shown(tmp_path):
    path = tmp_path / "kodebok.yaml"
    path.write_text(YAML, encoding="utf-8")
    return load_codebook(path)


def test_the_shown_codebook_is_read_and_its_rules_work(shown):
    texts = shown["bolig-ustabil"].examples
    units = [Unit(str(n), 0, len(text), text) for n, text in enumerate(texts)]
    docs = {str(n): spacy.blank("nb")(text) for n, text in enumerate(texts)}
    assert [s.note_id for s in suggest_by_rules(docs, units, shown)] == ["1"]


def test_the_shown_error_is_the_real_one(tmp_path):
    path = tmp_path / "kodebok.yaml"
    text = YAML.replace('"#B03A2E"', "rød").replace("merknad: Konstruert eksempel.\n\n", "")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KafeError) as caught:
        load_codebook(path)
    assert str(caught.value) == ERROR.strip()


def test_every_key_is_described():
    described = set(re.findall(r"`(\w+)`", GUIDE.partition("## Mønstre")[0]))
    assert {*TOP_KEYS, *CODE_KEYS} <= described


@pytest.mark.parametrize(("pattern", "text"), [row for row in PATTERNS if row[1]])
def test_every_shown_pattern_finds_what_it_says(pattern, text):
    book = Codebook((Code("a", "A", patterns=(pattern.replace("\\|", "|"),)),), "v")
    assert suggest_by_rules({"n": spacy.blank("nb")(text)}, [Unit("n", 0, len(text), text)], book)


def test_patterns_were_found_in_the_guide():
    assert len([row for row in PATTERNS if row[1]]) == 5


def test_the_shown_codings_are_read_and_finish_the_note(tmp_path, shown):
    (tmp_path / "kari.csv").write_text(CSV, encoding="utf-8")
    notes = {"n-1": Note("n-1", "s", "kafedialog", "Har ikke bolig.")}
    codings, finished, problems = read_codings(tmp_path, notes, shown)
    assert (len(codings), len(finished), problems) == (1, 1, [])
    with pytest.raises(KafeError):
        agreement(codings, finished, [], shown)
