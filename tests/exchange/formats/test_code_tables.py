"""Codes in tables and text lists: what is read, and what is listed as broken."""

from pathlib import Path

import openpyxl
import pytest

from kafe.exchange.records import Incoming

TREE = {"rød": "", "bolig": "rød", "uklart-ansvar": "rød"}


def write(folder: Path, text: str, name: str = "koder.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def tree(foreign: Incoming) -> dict[str, str]:
    return {code.id: code.parent for code in foreign.codes.codes}


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
def test_a_table_becomes_a_tree_by_id_name_or_path(tmp_path, text, codes_in):
    found = codes_in(write(tmp_path, text))
    assert tree(found) == TREE
    assert found.problems == ()


def test_every_column_is_read_in_norwegian_and_english(tmp_path, codes_in):
    text = (
        "navn;definisjon;ta med;ikke_ta_med;eksempler;moteksempler;mønstre;farge;eier;status\n"
        'Bolig;"Mangler\nbolig.";a;b;"x; y";z;bolig|bustad;#b03a2e;Kari;utkast\n'
    )
    (code,) = codes_in(write(tmp_path, text)).codes.codes
    assert (code.definition, code.include, code.exclude) == ("Mangler\nbolig.", ("a",), ("b",))
    assert (code.examples, code.counterexamples, code.patterns) == (("x", "y"), ("z",), ("bolig|bustad",))
    assert (code.colour, code.owner, code.status) == ("#B03A2E", "Kari", "draft")
    english = "name,inclusion criteria,examples,color,status\nHousing,a,x,#000000,retired\n"
    (code,) = codes_in(write(tmp_path, english)).codes.codes
    assert (code.include, code.examples, code.colour, code.status) == (("a",), ("x",), "#000000", "retired")


def test_broken_rows_are_listed_by_row_and_the_others_kept(tmp_path, codes_in):
    text = "navn;forelder;farge\nBolig;;\n;;#000000\nBolig;;\nA;B;\nB;A;\nRus;;rød\n"
    found = codes_in(write(tmp_path, text))
    assert [code.id for code in found.codes.codes] == ["bolig", "rus"]
    places = [(problem.place, bool(problem.remedy)) for problem in found.problems]
    assert sorted(places) == [(f"rad {row}", True) for row in (3, 4, 5, 6, 7)]


def test_a_lone_slash_is_part_of_a_name(tmp_path, codes_in):
    found = codes_in(write(tmp_path, "navn;definisjon\nRus/psykiatri;x\nBolig;y\n"))
    assert [code.name for code in found.codes.codes] == ["Rus/psykiatri", "Bolig"]


def test_a_workbook_is_read_from_the_sheet_with_headers(tmp_path, codes_in):
    book = openpyxl.Workbook()
    book.active.append(["Kodebok for prosjektet"])
    sheet = book.create_sheet("koder")
    for row in (["tag", "description"], ["Rød", None], ["Rød/Bolig", "x"], ["Rød/Uklart ansvar", 3]):
        sheet.append(row)
    book.save(tmp_path / "kodebok.xlsx")
    found = codes_in(tmp_path / "kodebok.xlsx")
    assert tree(found) == TREE
    assert found.codes.codes[2].definition == "3"


def test_qualcoders_text_lists_are_read(tmp_path, codes_in):
    listed = "Rød>>Bolig\tMangler bolig\nRød>>Uklart ansvar\nHåp\n>>\n"
    found = codes_in(write(tmp_path, listed, "koder.txt"))
    assert tree(found) == TREE | {"håp": ""}
    assert found.codes.codes[1].definition == "Mangler bolig"
    assert [problem.place for problem in found.problems] == ["rad 4"]
    commas = codes_in(write(tmp_path, "Rød>>Bolig,Mangler bolig\nRød>>Uklart ansvar\n"))
    assert tree(commas) == TREE
    exported = (
        "Codebook for prosjekt.qda\n========\nCategory:Rød, catid:1, Owner: k\nMemo: Overskrift\n"
        "--Code: Bolig, cid:1, Frq: 3, Owner: k\n--Memo: Mangler\nbolig\n--Code: Uklart ansvar, cid:2, Frq: 0, Owner: k\n--Memo: "
    )
    found = codes_in(write(tmp_path, exported, "codebook.txt"))
    assert tree(found) == TREE
    assert [code.definition for code in found.codes.codes] == ["Overskrift", "Mangler bolig", ""]
    assert [code.codable for code in found.codes.codes] == [False, True, True]
