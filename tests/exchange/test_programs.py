"""Project files in the shapes that QualCoder, ATLAS.ti and MAXQDA write, composed here from what is known of them."""

from html import escape
from pathlib import Path

import pytest

from kafe.exchange.formats.qdpx_read import read_qdpx
from kafe.exchange.plan import ImportPlan, ProjectState, make_plan
from kafe.exchange.records import Outgoing

USER = "AD68FBE7-E1EE-4A82-A279-23CC698C89EB"
CODE = "AE6D04CE-D987-4FC8-AF97-D72CA6FFD08F"
OTHER = "B4D2357B-BAD9-57ED-8769-166A3B6577F0"
SHARED = Path(__file__).parents[3] / "shared" / "refi"
TEXT = "Æ😀ø: har ikke bolig,\nog ingen å ringe"


def source_guid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def take_in(path: Path, outgoing: Outgoing, coder: str = "") -> ImportPlan:
    return make_plan(
        read_qdpx(path.read_bytes(), path.name),
        ProjectState(outgoing.notes, outgoing.codebook),
        origin="import:x",
        coder=coder,
    )


def said(plan: ImportPlan) -> list[tuple[str, str, str, str]]:
    return sorted((coding.note_id, coding.quote, coding.code, coding.coder) for coding in plan.codings)


def qualcoder(pack, path: Path, *, crlf: bool = False, code: str = CODE, name: str = "Bolig") -> Path:
    """A BOM in every source, categories that cannot be used, a memo in Description, no date on the coding."""
    body = TEXT.replace("\n", "\r\n") if crlf else TEXT
    start = body.index("ikke")
    end = body.index(" ingen")
    project = (
        '<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0" '
        f'name="p.qda" origin="QualCoder-3.7" creatingUserGUID="{USER}" '
        'creationDateTime="2025-06-10T08:30:00Z">\n'
        f'<Users>\n<User guid="{USER}" name="kari"/>\n</Users>\n<CodeBook>\n<Codes>\n'
        f'<Code guid="{OTHER}" name="Bo" isCodable="false">\n'
        f'<Code guid="{CODE}" name="{name}" isCodable="true" color="#F00082"></Code>\n</Code>\n</Codes>\n</CodeBook>\n'
        '<Variables>\n<Variable guid="11111111-0000-4000-8000-000000000001" name="Alder" typeOfVariable="Integer">\n'
        "</Variable>\n</Variables>\n"
        f'<Sources>\n<TextSource plainTextPath="internal://{source_guid(1)}.txt" creatingUser="{USER}" '
        f'creationDateTime="2025-06-10T08:30:00Z" guid="{source_guid(1)}" name="lapp 1">\n'
        "<Description>Fra veggen</Description>\n"
        f'<PlainTextSelection guid="22222222-0000-4000-8000-000000000001" startPosition="{start}" '
        f'endPosition="{end}" name="{escape(body[start:end])}" creatingUser="{USER}" '
        'creationDateTime="2025-06-11T09:00:00Z">\n<Description>Husk denne</Description>\n'
        f'<Coding guid="33333333-0000-4000-8000-000000000001" creatingUser="{USER}" >\n'
        f'<CodeRef targetGUID="{code}" />\n</Coding>\n</PlainTextSelection>\n</TextSource>\n</Sources>\n'
        "<Sets/>\n</Project>"
    )
    return pack(path, project, {f"sources/{source_guid(1)}.txt": b"\xef\xbb\xbf" + body.encode("utf-8")})


@pytest.mark.parametrize("crlf", [False, True])
def test_a_project_from_qualcoder_is_taken_in(outgoing: Outgoing, pack, tmp_path: Path, crlf: bool) -> None:
    plan = take_in(qualcoder(pack, tmp_path / "q.qdpx", crlf=crlf), outgoing)
    assert said(plan) == [("n-0", "ikke bolig,\nog", "bolig", "kari")]
    assert [coding.at for coding in plan.codings] == ["2025-06-11T09:00:00Z"]
    assert plan.codes == ()
    assert {(memo.target, memo.text, memo.author) for memo in plan.memos} == {
        ("note:n-0", "Fra veggen", "kari"),
        (f"coding:{plan.codings[0].id}", "Husk denne", "kari"),
    }
    assert plan.losses == {}


def test_the_same_file_twice_gives_the_same_events(outgoing: Outgoing, pack, tmp_path: Path) -> None:
    path = qualcoder(pack, tmp_path / "q.qdpx")
    first = take_in(path, outgoing)
    assert first == take_in(path, outgoing)
    known = ProjectState(outgoing.notes, outgoing.codebook, standing=first.codings, memos=first.memos)
    again = make_plan(read_qdpx(path.read_bytes(), path.name), known, origin="import:x")
    assert (again.codings, again.memos, again.there) == ((), (), 1)


def atlas(pack, path: Path, *, wide: bool = False) -> Path:
    """CRLF in the source that counts as one, folders in upper case, names cut short, two users, own schema."""
    body = TEXT.replace("\n", "\r\n")
    start = TEXT.index("bolig") + wide
    end = TEXT.index(" å ringe") + wide
    project = (
        '\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n'
        '<Project xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:QDA-XML:project:1.0 '
        'http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd" origin="ATLAS.ti for Windows 23.2.3" '
        f'name="p" creatingUserGUID="{USER}" creationDateTime="2025-06-10T08:30:00Z" '
        'xmlns="urn:QDA-XML:project:1.0">\r\n'
        f'<Users><User guid="{USER}" name="Kari Koder" /><User guid="{OTHER}" name="ATLAS.ti" /></Users>\r\n'
        f'<CodeBook><Codes><Code guid="{CODE}" name="bolig" isCodable="true" color="#3F7FBF" /></Codes></CodeBook>\r\n'
        f'<Sources><TextSource guid="{source_guid(1)}" name="lapp" plainTextPath="internal://{source_guid(1)}.TXT" '
        f'richTextPath="internal://{source_guid(1)}.docx" creatingUser="{USER}">'
        f'<PlainTextSelection guid="22222222-0000-4000-8000-000000000001" name="bolig,..." '
        f'startPosition="{start}" endPosition="{end}" creatingUser="{USER}" creationDateTime="2025-06-11T09:00:00Z">'
        f'<Coding guid="33333333-0000-4000-8000-000000000001" creatingUser="{USER}" '
        f'creationDateTime="2025-06-11T09:00:01Z"><CodeRef targetGUID="{CODE}" /></Coding>'
        '<NoteRef targetGUID="44444444-0000-4000-8000-000000000001" /></PlainTextSelection></TextSource>'
        '<PictureSource guid="55555555-0000-4000-8000-000000000001" name="bilde" path="internal://b.png" /></Sources>'
        f'<Notes><Note guid="44444444-0000-4000-8000-000000000001" name="n" creatingUser="{USER}" '
        'plainTextPath="internal://notat.txt" /></Notes>'
        '<Links><Link guid="66666666-0000-4000-8000-000000000001" name="jf." /></Links></Project>'
    )
    sources = {
        f"Sources/{source_guid(1)}.txt": b"\xef\xbb\xbf" + body.encode("utf-8"),
        "Sources/notat.txt": "\ufeffEt notat".encode(),
    }
    return pack(path, project.encode("utf-8"), sources)


@pytest.mark.parametrize("wide", [False, True])
def test_a_project_from_atlas_ti_is_taken_in(outgoing: Outgoing, pack, tmp_path: Path, wide: bool) -> None:
    plan = take_in(atlas(pack, tmp_path / "a.qdpx", wide=wide), outgoing)
    assert said(plan) == [("n-0", "bolig,\nog ingen", "bolig", "Kari Koder")]
    assert plan.codes == ()
    assert [(memo.target, memo.text) for memo in plan.memos] == [(f"coding:{plan.codings[0].id}", "Et notat")]
    assert plan.losses == {"picture": 1, "link": 1}


@pytest.mark.shared
def test_a_blank_project_that_atlas_ti_wrote_says_nothing(outgoing: Outgoing) -> None:
    path = SHARED / "blank-atlas-project.qdpx"
    if not path.exists():
        pytest.skip("../shared/refi is not here")
    found = read_qdpx(path.read_bytes(), path.name)
    assert (found.title, found.sources, found.codes.codes) == ("blank-atlas-project", (), ())
    assert found.program.startswith("ATLAS.ti")
    assert not take_in(path, outgoing).changes


def maxqda(pack, path: Path) -> Path:
    """A document for each respondent with question and answers, text inside the XML, another name of the project
    file, colours with alpha, a code and its category of one name, and no word about who coded."""
    one = "Hvem?\nBolig først\nHva?\nSamarbeid 🧑‍🤝‍🧑 mellom NAV og kommunen"
    start = one.index("NAV")
    two = "Hvem?\nnoe som ingen har sagt før"
    project = (
        '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="p" '
        'origin="MAXQDA 2022"><CodeBook><Codes>'
        f'<Code guid="{{{OTHER}}}" name="NAV" isCodable="true" color="#FF3F7FBF">'
        f'<Code guid="{{{CODE}}}" name="NAV" isCodable="false" /></Code></Codes></CodeBook>'
        '<Variables><Variable guid="11111111-0000-4000-8000-000000000001" name="Gruppe" typeOfVariable="Text"/>'
        "</Variables>"
        '<Cases><Case guid="77777777-0000-4000-8000-000000000001" name="R1"><VariableValue>'
        '<VariableRef targetGUID="11111111-0000-4000-8000-000000000001"/><TextValue>pårørende</TextValue>'
        f'</VariableValue><SourceRef targetGUID="{source_guid(1)}"/><SourceRef targetGUID="{source_guid(2)}"/></Case></Cases>'
        f'<Sources><TextSource guid="{source_guid(1)}" name="R1">'
        f"<PlainTextContent>{escape(one)}</PlainTextContent>"
        f'<PlainTextSelection guid="22222222-0000-4000-8000-000000000001" startPosition="{start}" '
        f'endPosition="{start + 3}"><Coding guid="33333333-0000-4000-8000-000000000001">'
        f'<CodeRef targetGUID="{{{OTHER}}}"/></Coding></PlainTextSelection>'
        '<PlainTextSelection guid="22222222-0000-4000-8000-000000000002" startPosition="0" endPosition="5">'
        f'<Coding guid="33333333-0000-4000-8000-000000000002"><CodeRef targetGUID="{{{OTHER}}}"/></Coding>'
        "</PlainTextSelection></TextSource>"
        f'<TextSource guid="{source_guid(2)}" name="R1"><PlainTextContent>{two}</PlainTextContent>'
        f'<Coding guid="33333333-0000-4000-8000-000000000003"><CodeRef targetGUID="{CODE}"/></Coding>'
        "</TextSource></Sources></Project>"
    )
    return pack(path, project, main="undersøkelse.qde")


def test_a_survey_that_maxqda_split_is_taken_in(outgoing: Outgoing, pack, tmp_path: Path) -> None:
    path = maxqda(pack, tmp_path / "m.qdpx")
    plan = take_in(path, outgoing, coder="kari")
    assert said(plan) == [("n-1", "NAV", "nav", "kari")]
    assert plan.left_out == {"outside": 1, "codings_unknown": 1}
    assert [(source.name, source.variables) for source in plan.unknown] == [("R1", {"Gruppe": "pårørende"})]


def test_codings_by_nobody_are_left_out_until_somebody_is_named(
    outgoing: Outgoing, pack, tmp_path: Path
) -> None:
    plan = take_in(maxqda(pack, tmp_path / "m.qdpx"), outgoing)
    assert plan.codings == ()
    assert plan.left_out["coder"] == 1


def test_codes_that_are_new_are_offered_with_the_headings_above_them(
    outgoing: Outgoing, pack, tmp_path: Path
) -> None:
    plan = take_in(qualcoder(pack, tmp_path / "q.qdpx", name="Leie"), outgoing)
    assert [(code.id, code.name, code.parent, code.codable, code.colour) for code in plan.codes] == [
        ("bo", "Bo", "", False, "#595959"),
        ("leie", "Leie", "bo", True, "#F00082"),
    ]
    assert said(plan) == [("n-0", "ikke bolig,\nog", "leie", "kari")]


def test_a_new_heading_that_was_used_for_coding_may_be_used(outgoing: Outgoing, pack, tmp_path: Path) -> None:
    plan = take_in(qualcoder(pack, tmp_path / "q.qdpx", code=OTHER), outgoing)
    assert [(code.id, code.codable) for code in plan.codes] == [("bo", True)]
    assert said(plan) == [("n-0", "ikke bolig,\nog", "bo", "kari")]


def test_a_heading_of_kafes_own_codebook_gets_no_codings(outgoing: Outgoing, pack, tmp_path: Path) -> None:
    plan = take_in(qualcoder(pack, tmp_path / "q.qdpx", name="Tema"), outgoing)
    assert plan.codings == ()
    assert plan.left_out == {"heading": 1, "memo_target": 1}
