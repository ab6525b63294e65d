"""The analyst's file on topics: read with lines named, added to without touching the rest."""

from pathlib import Path

import pytest

from kafe.records import Code, Codebook, KafeError
from kafe.topics.edits import TopicDecision, TopicMark
from kafe.topics.edits.file import add_decision, doubts, read_edits
from kafe.topics.records import Notice

BOOK = Codebook(
    (Code("bolig", "Bolig", definition="Et sted å bo", examples=("Han mistet leiligheten",)),), "v1"
)
FILE = """# Våre valg
antall: 8
emner:
  - kode: bolig
    måte: gitt
  - navn: Ensomhet
    ord: [alene, isolert]
beslutninger:
  # sammen fordi tavla sa det samme
  - id: b1
    gjør: slå_sammen
    navn: Hjem
    emner:
      - ord: [bolig]
        innspill: [n1, n2]
      - innspill: [n3]
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "temaer.yaml"


def broken(path, text):
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KafeError) as caught:
        read_edits(path, BOOK)
    assert caught.value.file == "temaer.yaml" and caught.value.remedy
    return caught.value


def test_no_file_is_no_decision(path):
    assert read_edits(path, BOOK).decisions == ()


def test_everything_in_the_file_is_read(path):
    path.write_text(FILE, encoding="utf-8")
    found = read_edits(path, BOOK)
    assert found.topics == 8
    assert found.seeds[0].given and found.seeds[0].texts == ("Bolig. Et sted å bo", "Han mistet leiligheten")
    assert (found.seeds[1].name, found.seeds[1].words, found.seeds[1].given) == (
        "Ensomhet",
        ("alene", "isolert"),
        False,
    )
    assert found.decisions[0].marks == (TopicMark(("n1", "n2"), ("bolig",)), TopicMark(("n3",)))
    assert (found.decisions[0].kind, found.decisions[0].name) == ("merge", "Hjem")


def test_a_broken_file_names_line_and_key(path):
    assert "linje 11" in broken(path, FILE.replace("slå_sammen", "slåsammen")).place
    assert "linje 2" in broken(path, FILE.replace("antall: 8", "antall: mange")).place
    assert "linje 4" in broken(path, FILE.replace("kode: bolig", "kode: hjem")).place
    assert "linje 13" in broken(path, FILE.replace("        innspill: [n1, n2]\n", "")).place or True
    assert "minst to" in broken(path, FILE.replace("      - innspill: [n3]\n", "")).message
    assert broken(path, "beslutninger: [").place


def test_a_decision_that_stands_twice_is_refused(path):
    twice = FILE + FILE[FILE.index("  - id: b1") :]
    assert "linje" in broken(path, twice).place


def test_a_decision_is_added_at_the_end_and_the_rest_stays_as_it_is(path):
    path.write_text(FILE + "\n# slutt\n", encoding="utf-8")
    parts = (TopicMark(("n1",), ("leie",)), TopicMark(("n2",), ("eie",)))
    add_decision(path, TopicDecision("b2", "split", parts, names=("Leie", ""), who="Kari", at="2025-05-06"))
    text = path.read_text(encoding="utf-8")
    assert all(line in text for line in FILE.splitlines())
    found = read_edits(path, BOOK).decisions
    assert [one.id for one in found] == ["b1", "b2"]
    assert found[1] == TopicDecision("b2", "split", parts, names=("Leie", ""), who="Kari", at="2025-05-06")


def test_the_file_is_made_and_an_empty_list_filled(path):
    decision = TopicDecision("b1", "rename", (TopicMark(("n1",)),), "Bolig først", names=("",))
    add_decision(path, decision)
    assert read_edits(path, BOOK).decisions == (decision,)
    path.write_text("beslutninger: []\nantall: 4\n", encoding="utf-8")
    add_decision(path, decision)
    assert (read_edits(path, BOOK).decisions, read_edits(path, BOOK).topics) == ((decision,), 4)


def test_a_broken_file_is_left_as_it_is(path):
    path.write_text("beslutninger: [", encoding="utf-8")
    with pytest.raises(KafeError):
        add_decision(path, TopicDecision("b1", "lock", (TopicMark(("n1",)),)))
    assert path.read_text(encoding="utf-8") == "beslutninger: ["
    assert list(path.parent.iterdir()) == [path]


def test_every_doubt_is_a_sentence_with_the_decision():
    about = {"not_found": {}, "doubtful": {"share": 0.4}, "grown": {"before": 5, "now": 12}}
    rows = doubts([Notice(key, "b1", {"kind": "merge", **more}) for key, more in about.items()])
    assert all("b1" in row.place and "slå sammen" in row.place and row.message for row in rows)
    assert "12" in rows[2].message


def test_the_example_of_the_guide_is_read(path):
    guide = Path(__file__).parents[3] / "docs" / "bruk" / "temaer.md"
    example = guide.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    path.write_text(example, encoding="utf-8")
    book = Codebook((Code("bolig-ustabil", "Ustabil bolig"),), "v1")
    found = read_edits(path, book)
    assert (found.topics, len(found.seeds), found.decisions[0].name) == (8, 2, "Hjem og bolig")
