"""`kafe codebook`: what it prints, its status, and that it asks before it changes anything."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from kafe.cli.codebook import app
from kafe.records import Coding, KafeError, Note, text_hash
from kafe.store.store import Store

TEXT = "Har ikke bolig."
BOOK = """\
koder:
  - id: rød
    navn: Rød
    definisjon: Overskrift.
    kodbar: false
    koder:
      - id: bolig
        navn: Bolig
        definisjon: Mangler bolig.
        moteksempler: [Boligen er fin.]
        eier: Kari
        mønstre: [bolig*]
      - id: håp
        navn: Håp
        definisjon: Håp om bedring.
"""


@pytest.fixture
def project(tmp_path) -> Path:
    coded = tmp_path / "data" / "coded"
    (coded / "kodinger").mkdir(parents=True)
    (tmp_path / "kafe.toml").write_text('[project]\nid = "proeve"\ntitle = "Prøve"\n', encoding="utf-8")
    (coded / "kodebok.yaml").write_text(BOOK, encoding="utf-8")
    return tmp_path


@pytest.fixture
def coded(project) -> Path:
    with Store(f"sqlite:///{project / 'data/coded/kafe.sqlite'}") as store:
        store.put_notes([Note(f"n{number}", "kafe", "kafedialog", TEXT) for number in (1, 2)], at="t")
        store.append_codings(
            Coding(f"c{n}", f"n{n}", 0, 15, TEXT, text_hash(TEXT), "bolig", who, "2025-05-06")
            for n, who in ((1, "Kari"), (2, "Per"))
        )
    return project


def kafe(project: Path, *arguments: str):
    return CliRunner().invoke(app, [*arguments, "--project", str(project)])


def standing(project: Path) -> list[str]:
    with Store(f"sqlite:///{project / 'data/coded/kafe.sqlite'}") as store:
        return [coding.code for coding in store.codings()]


def change_book(project: Path, *pairs: tuple[str, str]) -> None:
    path = project / "data" / "coded" / "kodebok.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def test_check_is_content_with_a_good_codebook_and_makes_no_store(project):
    result = kafe(project, "check")
    assert result.exit_code == 0
    assert "3 koder" in result.output
    assert "«håp» er ikke brukt" in result.output
    assert not (project / "data/coded/kafe.sqlite").exists()


def test_check_lists_every_fault_with_its_line(project):
    change_book(
        project, ("eier:", "eir:"), ("id: håp", "id: Håp og mot"), ("definisjon: Håp om", "status: kanskje")
    )
    result = kafe(project, "check")
    assert result.exit_code == 1
    for line, words in ((11, "Mente du «eier»"), (13, "kan ikke være id"), (15, "ikke en status")):
        assert re.search(rf"kodebok\.yaml, linje {line}, nøkkel .*{words}", result.output), words


def test_check_lists_codes_used_but_undefined_in_store_and_files(coded):
    change_book(coded, ("id: bolig", "id: boliger"))
    rows = "innspill;sitat;kode\nn1;;hop\nn1;;håp\n"
    (coded / "data/coded/kodinger/per.csv").write_text(rows, encoding="utf-8")
    result = kafe(coded, "check")
    assert result.exit_code == 1
    assert "Koden «bolig» er brukt 2 ganger, men finnes ikke" in result.output
    assert "kafe codebook rename bolig boliger" in result.output
    assert "per.csv, rad 2: Koden «hop»" in result.output


def test_check_tells_a_retired_code_that_keeps_codings_from_one_that_gets_new(coded):
    assert kafe(coded, "retire", "bolig", "--replaced-by", "håp", "--yes").exit_code == 0
    result = kafe(coded, "check")
    assert (result.exit_code, "står på 2 kodinger" in result.output) == (0, True)
    with Store(f"sqlite:///{coded / 'data/coded/kafe.sqlite'}") as store:
        new = Coding("ny", "n1", 0, 3, "Har", text_hash(TEXT), "bolig", "Kari", "2999-01-01")
        store.append_codings([new])
    result = kafe(coded, "check")
    assert (result.exit_code, "1 gang etter at den ble utgått" in result.output) == (1, True)


def test_check_lists_patterns_that_overlap_and_definitions_that_are_missing(project):
    change_book(project, ("        definisjon: Håp om bedring.\n", "        mønstre: [boligen]\n"))
    result = kafe(project, "check")
    assert result.exit_code == 1
    assert "«håp» mangler definisjon" in result.output
    assert "«bolig*» og «boligen»" in result.output


def test_show_prints_the_tree_with_counts_and_everything_about_a_code(coded):
    tree = kafe(coded, "show").output
    assert "Rød · rød · (2)" in tree
    assert "  Bolig · bolig · 2" in tree
    one = kafe(coded, "show", "bolig").output
    for words in ("Rød › Bolig", "Mangler bolig.", "Boligen er fin.", "eier: Kari", "kodinger: 2", "bolig*"):
        assert words in one
    with pytest.raises(KafeError, match="«bolig»"):
        raise kafe(coded, "show", "bolg").exception


def test_nothing_changes_without_yes_where_nobody_can_answer(coded):
    result = kafe(coded, "rename", "bolig", "hus")
    assert isinstance(result.exception, KafeError)
    assert "--yes" in result.exception.remedy
    assert "+      - id: hus" in result.output
    assert "Kodinger som følger med: 2, fra 2 kodere" in result.output
    assert (coded / "data/coded/kodebok.yaml").read_text(encoding="utf-8") == BOOK
    assert standing(coded) == ["bolig", "bolig"]


@pytest.mark.parametrize(("answer", "code"), [("j", "hus"), ("n", "bolig"), ("", "bolig")])
def test_on_a_terminal_it_asks(coded, monkeypatch, answer, code):
    terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("kafe.cli.codebook_print.sys", terminal)
    monkeypatch.setattr("kafe.cli.codebook_print.typer.prompt", lambda *_, **__: answer or "n")
    assert kafe(coded, "rename", "bolig", "hus").exit_code == (code == "bolig")
    assert standing(coded) == [code, code]


def test_operations_in_a_row_are_carried_out_and_told_in_the_history(coded):
    rows = coded / "fordeling.csv"
    rows.write_text("innspill;sitat;koder;kode\nn2;;Per;hospits\n", encoding="utf-8")
    steps = (
        ("rename", "bolig", "hus", "--name", "Hus"),
        ("move", "hus", "--under", ""),
        ("split", "hus", "--into", "uten-bolig=Uten bolig,hospits", "--by", str(rows)),
        ("merge", "hospits", "håp", "--into", "annet", "--name", "Annet"),
        ("retire", "annet"),
    )
    for step in steps:
        result = kafe(coded, *step, "--yes", "--who", "Kari")
        assert result.exit_code == 0, result.exception
    assert sorted(standing(coded)) == ["annet", "uten-bolig"]
    told = kafe(coded, "history").output
    for words in ("registrert med 3 koder", "«bolig» ble «hus»", "til toppen", "delt i uten-bolig, hospits"):
        assert words in told
    assert told.count("(Kari;") == 5
    assert "uten-bolig" not in kafe(coded, "history", "annet").output
    first = re.search(r"– → (\w{8})", told)[1]
    assert kafe(coded, "history", "--text", first).output == BOOK


def test_a_split_prints_what_to_look_at(coded):
    result = kafe(coded, "split", "bolig", "--into", "a,b", "--yes")
    assert f"n1;{TEXT};Kari" in result.output


def test_a_bad_row_in_the_distribution_is_located(coded):
    rows = coded / "fordeling.csv"
    rows.write_text("innspill;kode\nn1;a\nn9;a\n", encoding="utf-8")
    error = kafe(coded, "split", "bolig", "--into", "a,b", "--by", str(rows), "--yes").exception
    assert (error.file, error.place) == ("fordeling.csv", "rad 3")


def decisions(project: Path, *targets: str) -> Path:
    rows = "".join(f"{target};valgt\n" for target in targets)
    path = project / "data/coded/beslutninger.csv"
    path.write_text(f"mål;beslutning\n{rows}", encoding="utf-8")
    return path


def test_other_files_that_name_the_code_follow_a_renaming(coded):
    path = decisions(coded, "code:bolig", "note:n1")
    result = kafe(coded, "rename", "bolig", "hus", "--yes")
    assert "beslutninger.csv, rad 2: «bolig» → «hus»" in result.output
    assert path.read_text(encoding="utf-8") == "mål;beslutning\ncode:hus;valgt\nnote:n1;valgt\n"
    assert "fulgte med i beslutninger.csv (rad 2)" in kafe(coded, "history", "hus").output


def test_a_merge_says_when_several_decisions_meet(coded):
    decisions(coded, "code:bolig", "code:håp")
    result = kafe(coded, "merge", "bolig", "håp", "--into", "håp", "--yes")
    assert "«håp» får beslutninger fra flere koder" in result.output


@pytest.mark.parametrize("step", [("split", "bolig", "--into", "bolig,leie"), ("retire", "bolig")])
def test_what_a_person_must_change_is_listed_with_file_and_row(coded, step):
    path = decisions(coded, "note:n1", "code:bolig")
    (coded / "data/coded/pilot.yaml").write_text("elementer: [", encoding="utf-8")
    before = path.read_bytes()
    result = kafe(coded, *step, "--yes")
    assert "blir stående slik de er" in result.output
    assert "beslutninger.csv, rad 3: «bolig»" in result.output
    assert "pilot.yaml kan ikke leses" in result.output
    assert path.read_bytes() == before


def test_an_import_shows_what_it_does_and_does_it(coded):
    (coded / "koder.csv").write_text("tag,description\nRød/Bolig,annet\nRød/Ny,x\n,\n,y\n", encoding="utf-8")
    result = kafe(coded, "import", str(coded / "koder.csv"), "--yes")
    assert result.exit_code == 0, result.exception
    for words in ("Taguette", "ny: ny (Ny)", "beholdes slik de er her: bolig (definisjon", "rad 5"):
        assert words in result.output
    assert "Rød › Ny" in kafe(coded, "show", "ny").output
    again = kafe(coded, "import", str(coded / "koder.csv"))
    assert (again.exit_code, "Ingenting å hente inn" in again.output) == (0, True)
