"""Codebooks from other tools: what is read, what is listed as broken, how it meets the codebook here."""

import sqlite3
from pathlib import Path

import openpyxl
import pytest

from kafe.codebook.changes.operations import apply
from kafe.codebook.reader import examine_text, parse_codebook
from kafe.exchange.codebook_import import Draft, Foreign, from_drafts, plan_import, read_foreign
from kafe.records import KafeError

HERE = """\
koder:
  - id: rød
    navn: Rød
    definisjon: Overskrift.
    kodbar: false
    koder:
      - id: bolig
        navn: Bolig
      - id: rus
        navn: Rus
        definisjon: Bruker rusmidler.
"""
TREE = {"rød": "", "bolig": "rød", "uklart-ansvar": "rød"}


def write(folder: Path, text: str, name: str = "koder.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def tree(foreign: Foreign) -> dict[str, str]:
    return {code.id: code.parent for code in foreign.codes}


@pytest.mark.parametrize(
    "text",
    [
        "id;navn;forelder\nrød;Rød;\nbolig;Bolig;rød\nuklart-ansvar;Uklart ansvar;rød\n",
        "Code,Parent code\nRød,\nBolig,Rød\nUklart ansvar,Rød\n",
        "sti\tdefinisjon\nRød\tx\nRød/Bolig\ty\nRød/Uklart ansvar\tz\n",
        "tag,description,number of highlights,number of documents\nRød,,0,0\nRød/Bolig,,3,1\nRød/Uklart ansvar,,2,2\n",
        "Kode;Kategori\nBolig;Rød\nUklart ansvar;Rød\n",
        "name,description\nRød,\nRød/Bolig,x\nRød/Uklart ansvar,y\n",
        "sep=;\nNavn;Overkode\nRød;\nBolig;Rød\nUklart ansvar;Rød\n",
    ],
    ids=["id", "english", "path", "taguette", "category", "slashes", "sep"],
)
def test_a_table_becomes_a_tree_by_id_name_or_path(tmp_path, text):
    found = read_foreign(write(tmp_path, text))
    assert tree(found) == TREE
    assert found.problems == ()


def test_every_column_is_read_in_norwegian_and_english(tmp_path):
    text = (
        "navn;definisjon;ta med;ikke_ta_med;eksempler;moteksempler;mønstre;farge;eier;status\n"
        'Bolig;"Mangler\nbolig.";a;b;"x; y";z;bolig|bustad;#b03a2e;Kari;utkast\n'
    )
    (code,) = read_foreign(write(tmp_path, text)).codes
    assert (code.definition, code.include, code.exclude) == ("Mangler\nbolig.", ("a",), ("b",))
    assert (code.examples, code.counterexamples, code.patterns) == (("x", "y"), ("z",), ("bolig|bustad",))
    assert (code.colour, code.owner, code.status) == ("#B03A2E", "Kari", "draft")
    english = "name,inclusion criteria,examples,color,status\nHousing,a,x,#000000,retired\n"
    (code,) = read_foreign(write(tmp_path, english)).codes
    assert (code.include, code.examples, code.colour, code.status) == (("a",), ("x",), "#000000", "retired")


def test_broken_rows_are_listed_by_row_and_the_others_kept(tmp_path):
    text = "navn;forelder;farge\nBolig;;\n;;#000000\nBolig;;\nA;B;\nB;A;\nRus;;rød\n"
    found = read_foreign(write(tmp_path, text))
    assert [code.id for code in found.codes] == ["bolig", "rus"]
    places = [(problem.place, bool(problem.remedy)) for problem in found.problems]
    assert sorted(places) == [(f"rad {row}", True) for row in (3, 4, 5, 6, 7)]


def test_a_lone_slash_is_part_of_a_name(tmp_path):
    found = read_foreign(write(tmp_path, "navn;definisjon\nRus/psykiatri;x\nBolig;y\n"))
    assert [code.name for code in found.codes] == ["Rus/psykiatri", "Bolig"]


def test_a_workbook_is_read_from_the_sheet_with_headers(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Kodebok for prosjektet"])
    sheet = book.create_sheet("koder")
    for row in (["tag", "description"], ["Rød", None], ["Rød/Bolig", "x"], ["Rød/Uklart ansvar", 3]):
        sheet.append(row)
    book.save(tmp_path / "kodebok.xlsx")
    found = read_foreign(tmp_path / "kodebok.xlsx")
    assert tree(found) == TREE
    assert found.codes[2].definition == "3"


def test_ids_are_unique_and_keep_norwegian_letters():
    drafts = [Draft(("Åpne dører",)), Draft(("A", "Bolig")), Draft(("B", "Bolig")), Draft(("!!",))]
    ids = [code.id for code in from_drafts("", drafts, []).codes]
    assert ids == ["åpne-dører", "a", "bolig", "b", "b-bolig", "kode"]


def test_a_step_without_a_row_becomes_a_heading(tmp_path):
    found = read_foreign(write(tmp_path, "sti\na/b/c\n"))
    assert [(code.id, code.parent, code.codable) for code in found.codes] == [
        ("a", "", False),
        ("b", "a", False),
        ("c", "b", True),
    ]


QUALCODER = """
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer);
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text,
 color text{extra});
INSERT INTO code_cat VALUES (1, 'Rød', 'kari', '', 'Overskrift', NULL), (2, 'Hjem', 'kari', '', '', 1);
INSERT INTO code_name (cid, name, memo, catid, owner, date, color) VALUES
 (1, 'Bolig', 'Mangler bolig', 2, 'per', '', '#B03A2E'), (2, 'Håp', '', NULL, 'per', '', 'red');
"""


@pytest.fixture
def qda(tmp_path):
    folder = tmp_path / "prosjekt.qda"
    folder.mkdir()
    with sqlite3.connect(folder / "data.qda") as connection:
        connection.executescript(QUALCODER.format(extra=", supercid integer"))
        connection.execute("INSERT INTO code_name VALUES (3, 'Hospits', '', 2, 'per', '', '', 1)")
    connection.close()
    return folder


@pytest.mark.parametrize("name", ["", "data.qda"])
def test_a_qualcoder_project_is_read_with_categories_as_headings(qda, name):
    before = (qda / "data.qda").read_bytes()
    found = read_foreign(qda / name if name else qda)
    assert [(code.id, code.parent, code.codable) for code in found.codes] == [
        ("rød", "", False),
        ("hjem", "rød", False),
        ("bolig", "hjem", True),
        ("håp", "", True),
        ("hospits", "bolig", True),
    ]
    housing = found.codes[2]
    assert (housing.definition, housing.colour, housing.owner) == ("Mangler bolig", "#B03A2E", "per")
    assert (qda / "data.qda").read_bytes() == before


def test_qualcoders_text_lists_are_read(tmp_path):
    listed = "Rød>>Bolig\tMangler bolig\nRød>>Uklart ansvar\nHåp\n>>\n"
    found = read_foreign(write(tmp_path, listed, "koder.txt"))
    assert tree(found) == TREE | {"håp": ""}
    assert found.codes[1].definition == "Mangler bolig"
    assert [problem.place for problem in found.problems] == ["rad 4"]
    commas = read_foreign(write(tmp_path, "Rød>>Bolig,Mangler bolig\nRød>>Uklart ansvar\n"))
    assert tree(commas) == TREE
    exported = (
        "Codebook for prosjekt.qda\n========\nCategory:Rød, catid:1, Owner: k\nMemo: Overskrift\n"
        "--Code: Bolig, cid:1, Frq: 3, Owner: k\n--Memo: Mangler\nbolig\n--Code: Uklart ansvar, cid:2, Frq: 0, Owner: k\n--Memo: "
    )
    found = read_foreign(write(tmp_path, exported, "codebook.txt"))
    assert tree(found) == TREE
    assert [code.definition for code in found.codes] == ["Overskrift", "Mangler bolig", ""]
    assert [code.codable for code in found.codes] == [False, True, True]


@pytest.fixture
def taguette(tmp_path):
    path = tmp_path / "taguette.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "CREATE TABLE projects (id integer primary key, name text, description text);"
            "CREATE TABLE tags (id integer primary key, project_id integer, path text, description text);"
            "INSERT INTO projects VALUES (1, 'Kafé', ''), (2, 'Annet', '');"
            "INSERT INTO tags VALUES (1, 1, 'Rød', ''), (2, 1, 'Rød/Bolig', 'x'), (3, 1, 'Rød/Uklart ansvar', ''),"
            " (4, 2, 'interesting', '');"
        )
    connection.close()
    return path


def test_a_taguette_database_is_read_by_project(taguette):
    assert tree(read_foreign(taguette, within="Kafé")) == TREE
    with pytest.raises(KafeError, match="«Kafé», «Annet»"):
        read_foreign(taguette)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"x;y\n1;2\n"),
        ("a.docx", b"PK"),
        ("a.xlsx", b"tull"),
        ("a.sqlite3", b"SQLite format 3\x00tull"),
    ],
)
def test_a_file_that_is_no_codebook_is_refused_with_a_remedy(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(KafeError) as caught:
        read_foreign(tmp_path / name)
    assert caught.value.file == name
    assert caught.value.remedy


def test_a_refi_codebook_is_read(tmp_path):
    from kafe.exchange.formats.qdc import qdc_bytes

    book = parse_codebook(HERE)
    (tmp_path / "kodebok.qdc").write_bytes(qdc_bytes(book))
    found = read_foreign(tmp_path / "kodebok.qdc")
    assert [code.name for code in found.codes] == [code.name for code in book.codes]


def test_an_import_adds_and_fills_in_and_never_overwrites(tmp_path):
    text = (
        "navn;forelder;definisjon;eksempler\nBolig;Rød;Mangler bolig.;Sover ute.\nRus;Rød;Noe annet.;\n"
        "Uklart ansvar;Rød;Ingen tar det.;\nHelt ny;;;\nUnder ny;Helt ny;;\n"
    )
    book = parse_codebook(HERE)
    plan = plan_import(book, read_foreign(write(tmp_path, text)))
    assert [row["id"] for row in plan.add] == ["uklart-ansvar", "helt-ny", "under-ny"]
    assert plan.fill == {"bolig": {"definition": "Mangler bolig.", "examples": ["Sover ute."]}}
    assert plan.kept == {"rus": {"definition": "Noe annet."}}
    change = apply(HERE, "import", {"file": "x", "add": plan.add, "fill": plan.fill}, who="k", at="t")
    assert {code.id: code.parent for code in change.codebook.codes} == {
        "rød": "",
        "bolig": "rød",
        "rus": "rød",
        "uklart-ansvar": "rød",
        "helt-ny": "",
        "under-ny": "helt-ny",
    }
    assert change.codebook["rus"].definition == "Bruker rusmidler."
    assert change.codebook["bolig"].examples == ("Sover ute.",)
    again = plan_import(change.codebook, read_foreign(write(tmp_path, text)))
    assert again.nothing
    assert examine_text(change.text)[1] == []


def test_the_same_id_with_another_name_is_not_mixed_up_silently(tmp_path):
    plan = plan_import(parse_codebook(HERE), read_foreign(write(tmp_path, "id;navn\nbolig;Hus og hjem\n")))
    assert plan.kept == {"bolig": {"name": "Hus og hjem"}}
    assert plan.nothing


def test_a_flat_refi_codebook_with_paths_for_names_becomes_a_tree(tmp_path):
    codes = "".join(
        f'<Code guid="0000000{n}-0000-0000-0000-000000000000" name="{name}" isCodable="true"/>'
        for n, name in enumerate(("Rød", "Rød/Bolig", "Rød/Uklart ansvar"))
    )
    text = f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette 1.5"><Codes>{codes}</Codes><Sets/></CodeBook>'
    found = read_foreign(write(tmp_path, text, "codebook.qdc"))
    assert tree(found) == TREE
