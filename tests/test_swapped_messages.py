"""With every text of the program marked, the stages leave the same bytes, and what they leave is said in the language of the reader."""

import json
import sqlite3
import tomllib
from pathlib import Path

import pytest

import kafe
from kafe.flow.project import Project
from kafe.flow.run import bring_up_to_date
from kafe.messages import LANGUAGE, Message, joined, message, said, stored

MARK = "⟦"
WORDS = Path(kafe.__file__).parent / "messages/nb"
NOTES = """
# Bord 3
## Spørsmål 1
- Ring Kari Nordmann på 412 34 567 når det ikke går (3 prikker)
- Ingen svarer på sykehuset om kvelden
"""


def marked(node: dict) -> list[str]:
    """Return the lines of a message file in which each text has a mark before it."""

    def lines(node: dict, path: tuple[str, ...]) -> list[str]:
        head = [f"[{'.'.join(json.dumps(part, ensure_ascii=False) for part in path)}]"] if path else []
        texts = [
            f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(MARK + text, ensure_ascii=False)}"
            for name, text in node.items()
            if isinstance(text, str)
        ]
        below = [
            line for name, one in node.items() if isinstance(one, dict) for line in lines(one, (*path, name))
        ]
        return [*head, *texts, *below]

    return lines(node, ())


@pytest.fixture(scope="module")
def language(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of messages in which each text is marked."""
    folder = tmp_path_factory.mktemp("merket")
    for path in WORDS.glob("*.toml"):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        (folder / path.name).write_text("\n".join(marked(content)) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def compose(kit, tmp_path_factory: pytest.TempPathFactory):
    """Return a function that makes the same project, with something wrong in most files, in a new folder."""

    def make(name: str) -> Path:
        root = kit.compose(tmp_path_factory.mktemp(name) / "prosjekt")
        kit.write(root / "data/raw/kafe-1/tom.csv", "")
        kit.write(root / "data/raw/kafe-1/notat.md", NOTES)
        kit.write(root / "data/coded/interessenter.yaml", "\tx: 1\n")
        for name, row in (
            ("beslutninger.csv", "note:tull;;valgt;;;;"),
            ("kodinger/anna.csv", "n-9;;bolig;anna;;"),
        ):
            path = root / "data/coded" / name
            kit.write(path, path.read_text(encoding="utf-8") + row + "\n")
        return root

    return make


@pytest.fixture(scope="module")
def both(compose, language: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same project run with the program's texts as they are, and with marked ones."""
    roots = []
    for name, spoken in (("bokmål", ""), ("merket", str(language))):
        root = compose(name)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(LANGUAGE, spoken)
            patch.setenv("KAFE_KEY_DIR", str(tmp_path_factory.mktemp("nøkler")))
            bring_up_to_date(Project(root))
        roots.append(root)
    return roots[0], roots[1]


def test_no_stored_table_of_a_stage_changes_a_byte(both: tuple[Path, Path]) -> None:
    plain, swapped = (
        {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in (root / ".kafe/results").rglob("*.json")
        }
        for root in both
    )
    assert plain.keys() == swapped.keys()
    assert [name for name in plain if plain[name] != swapped[name]] == []


def test_nothing_in_the_store_is_in_a_language(both: tuple[Path, Path]) -> None:
    texts = []
    for root in both:
        with sqlite3.connect(root / "data/coded/kafe.sqlite") as connection:
            texts.append("\n".join(connection.iterdump()))
        connection.close()
    assert MARK not in texts[1]
    assert texts[0].count("\n") == texts[1].count("\n")


def test_what_is_stored_is_said_in_the_language_of_whoever_reads(
    both: tuple[Path, Path], language: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(both[0])
    before = [row["message"] for row in project.tables.pilot.problems]
    monkeypatch.setenv(LANGUAGE, str(language))
    after = [row["message"] for row in project.tables.pilot.problems]
    assert before
    assert [text.removeprefix(MARK) for text in after] == before != after


def test_a_message_within_a_message_is_kept_by_key_and_comes_back() -> None:
    place = joined([message("ingest.place.sheet", sheet="A"), message("ingest.place.row", row=2)], ", ")
    text = message("codebook.history.elsewhere", what="x", places=place)
    kept = json.loads(json.dumps(stored({"rows": [{"text": text, "own": "«x»"}]})))
    assert "ark" not in json.dumps(kept)
    back = said(kept["rows"][0]["text"])
    assert (back, kept["rows"][0]["own"]) == (text, "«x»")
    assert isinstance(back, Message)
