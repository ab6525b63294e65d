"""Which codes of the codebook a file's codes are: one rule for every format; what the others would add."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kafe.codebook.changes.operations import apply
from kafe.codebook.reader import codebook_of, examine_text, parse_codebook
from kafe.exchange.detect import detect
from kafe.exchange.formats.qdc import qdc_bytes
from kafe.exchange.guid import guid
from kafe.exchange.match_codes import match_codes
from kafe.exchange.plan import ImportPlan, ProjectState, make_plan
from kafe.exchange.read import read_codebook, read_file
from kafe.exchange.records import Incoming, IncomingCodes
from kafe.records import Code, Codebook, Note

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
RENAMED = """\
koder:
  - id: hjem
    navn: Hjem
    kodbar: false
    koder:
      - id: bolig
        navn: Bosituasjon
      - id: bosted
        navn: Bolig
"""
NOTE = Note("n-1", "kafe-1", "kafedialog", "Mangler bolig")


def write(folder: Path, text: str, name: str = "koder.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def planned(book: Codebook, incoming: Incoming) -> ImportPlan:
    return make_plan(incoming, ProjectState((), book))


def as_table(path: Path, pack: Callable[..., Path]) -> Path:
    return write(path, "id;navn\nbolig;Bolig\n")


def as_list(path: Path, pack: Callable[..., Path]) -> Path:
    return write(path, "Noe>>annet\nBolig\n", "koder.txt")


def as_qdc(path: Path, pack: Callable[..., Path]) -> Path:
    return write(path, f"<CodeBook>{CODES}</CodeBook>", "koder.qdc")


def as_qdpx(path: Path, pack: Callable[..., Path]) -> Path:
    source = (
        '<TextSource guid="1" name="n-1"><PlainTextContent>Mangler bolig</PlainTextContent>'
        '<Coding guid="2"><CodeRef targetGUID="aaaaaaaa-0000-4000-8000-000000000001"/></Coding></TextSource>'
    )
    users = '<Users><User guid="u" name="kari"/></Users>'
    return pack(
        path / "p.qdpx",
        f"<Project>{users}<CodeBook>{CODES}</CodeBook><Sources>{source}</Sources></Project>",
    )


def as_highlights(path: Path, pack: Callable[..., Path]) -> Path:
    return write(path, "id,document,tag,content\n1,n-1,Bolig,bolig\n", "h.csv")


CODES = '<Codes><Code guid="aaaaaaaa-0000-4000-8000-000000000001" name="Bolig" isCodable="true"/></Codes>'


@pytest.mark.parametrize("file", [as_table, as_list, as_qdc, as_qdpx, as_highlights])
def test_the_same_foreign_code_is_the_same_code_in_every_format(tmp_path: Path, pack, file) -> None:
    book = parse_codebook(RENAMED)
    path = file(tmp_path, pack)
    incoming = read_file(detect(path, ["bolig", "bosted"]), {NOTE.id: NOTE}, book)
    (code,) = [code for code in incoming.codes.codes if code.name == "Bolig"]
    assert code.id == "bolig"
    assert match_codes(incoming.codes, book)["bolig"] == "bosted"
    plan = make_plan(incoming, ProjectState([NOTE], book), coder="kari")
    assert {coding.code for coding in plan.codings} <= {"bosted"}
    assert len(plan.codings) == len(incoming.spans)


@pytest.mark.parametrize("file", [as_table, as_list, as_qdc])
def test_both_commands_read_the_same_codes(tmp_path: Path, pack, file) -> None:
    book = parse_codebook(RENAMED)
    path = file(tmp_path, pack)
    alone = read_codebook(detect(path, as_codebook=True))
    assert alone == read_file(detect(path), {}, book)


def matched(codes: IncomingCodes, *here: Code) -> dict[str, str]:
    return match_codes(codes, codebook_of(here))


def test_what_kafe_wrote_itself_is_certain_whatever_the_code_is_called_now(tmp_path: Path) -> None:
    here = (Code("bolig", "Bosituasjon"), Code("bosted", "Bolig"))
    by_guid = IncomingCodes((Code("k", "Bolig"),), {guid("code", "bolig"): "k"})
    assert matched(by_guid, *here) == {"k": "bolig"}
    path = tmp_path / "k.qdc"
    path.write_bytes(qdc_bytes(codebook_of([Code("bolig", "Bolig")])))
    text = path.read_text().replace(guid("code", "bolig"), "bbbbbbbb-0000-4000-8000-000000000001")
    path.write_text(text)
    assert matched(read_codebook(detect(path)).codes, *here) == {"bolig": "bolig"}


def test_names_from_the_root_come_before_the_name_and_the_name_before_the_id() -> None:
    here = (Code("a", "Bolig"), Code("hjem", "Hjem"), Code("b", "Bolig", "hjem"), Code("c", "Rus"))
    theirs = (Code("top", "Hjem"), Code("x", " bolig", "top"), Code("y", "rus", "top"), Code("c", "Håp"))
    assert matched(IncomingCodes(theirs), *here) == {"top": "hjem", "x": "b", "y": "c", "c": "c"}


def test_a_name_that_several_codes_have_settles_nothing() -> None:
    here = (Code("a", "A"), Code("b", "B"), Code("x", "Annet", "a"), Code("y", "Annet", "b"))
    assert matched(IncomingCodes((Code("annet", "Annet"),)), *here) == {}
    assert matched(IncomingCodes((Code("y", "Annet"),)), *here) == {"y": "y"}


def test_a_heading_of_codes_that_are_here_is_not_added_and_a_lone_one_is(tmp_path: Path, codes_in) -> None:
    text = "navn;forelder;kodbar\nTing;;nei\nRus;Ting;\nTomt;;nei\n"
    plan = planned(parse_codebook(HERE), codes_in(write(tmp_path, text)))
    assert [(code.id, code.codable) for code in plan.codes] == [("tomt", False)]


def test_an_import_adds_and_fills_in_and_never_overwrites(tmp_path, codes_in):
    text = (
        "navn;forelder;definisjon;eksempler\nBolig;Rød;Mangler bolig.;Sover ute.\nRus;Rød;Noe annet.;\n"
        "Uklart ansvar;Rød;Ingen tar det.;\nHelt ny;;;\nUnder ny;Helt ny;;\n"
    )
    book = parse_codebook(HERE)
    plan = planned(book, codes_in(write(tmp_path, text)))
    assert [code.id for code in plan.codes] == ["uklart-ansvar", "helt-ny", "under-ny"]
    assert plan.fill == {"bolig": {"definition": "Mangler bolig.", "examples": ["Sover ute."]}}
    assert plan.differs == {"rus": {"definition": "Noe annet."}}
    change = apply(HERE, "import", plan.operation("x"), who="k", at="t")
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
    again = planned(change.codebook, codes_in(write(tmp_path, text)))
    assert not again.changes
    assert examine_text(change.text)[1] == []


def test_the_same_id_with_another_name_is_not_mixed_up_silently(tmp_path, codes_in):
    plan = planned(parse_codebook(HERE), codes_in(write(tmp_path, "id;navn\nbolig;Hus og hjem\n")))
    assert plan.differs == {"bolig": {"name": "Hus og hjem"}}
    assert not plan.changes
