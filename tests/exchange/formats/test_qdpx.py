"""Projects as .qdpx: valid, deterministic, and whole on the way back."""

import io
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kafe.codebook.reader import content_version
from kafe.exchange.formats.qdpx_read import read_qdpx
from kafe.exchange.formats.qdpx_write import qdpx_bytes
from kafe.exchange.guid import guid
from kafe.exchange.plan import ImportPlan, ProjectState, make_plan
from kafe.exchange.records import Outgoing
from kafe.records import Code, Codebook, Coding, KafeError, Memo, Note, normalise_text, text_hash

SPACE = "{urn:QDA-XML:project:1.0}"


def project_of(data: bytes) -> ET.Element:
    return ET.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("project.qde"))


def taken_in(outgoing: Outgoing, path: Path, **known) -> tuple[ImportPlan, Codebook]:
    """Return what goes out becomes in a project that has its notes and codebook and nothing else."""
    path.write_bytes(qdpx_bytes(outgoing))
    incoming = read_qdpx(path.read_bytes(), path.name)
    plan = make_plan(incoming, ProjectState(outgoing.notes, outgoing.codebook, **known), origin="import:x")
    return plan, incoming.codes.codebook(incoming.sidecar["codebook_title"])


def without_origin(codings) -> set[Coding]:
    return {replace(coding, origin=coding.origin.removeprefix("import:x").lstrip(";")) for coding in codings}


@pytest.mark.shared
def test_the_file_is_valid_by_the_schema_of_refi_qda(outgoing: Outgoing, project_schema) -> None:
    from lxml import etree

    bare = Outgoing("Uten noe", outgoing.notes[:1], outgoing.codebook)
    for one in (
        outgoing,
        bare,
        replace(outgoing, memos=()),
        replace(outgoing, notes=(), codings=(), memos=()),
    ):
        document = etree.fromstring(zipfile.ZipFile(io.BytesIO(qdpx_bytes(one))).read("project.qde"))
        project_schema.assertValid(document)


def test_no_container_is_empty_and_the_order_is_that_of_the_format(outgoing: Outgoing) -> None:
    order = ["Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "NoteRef"]
    for one in (outgoing, Outgoing("Uten noe", (), outgoing.codebook)):
        tags = [child.tag.removeprefix(SPACE) for child in project_of(qdpx_bytes(one))]
        assert tags == sorted(tags, key=order.index)
        for tag in ("Users", "Codes", "Variables", "Cases", "Sources", "Notes"):
            assert all(len(found) for found in project_of(qdpx_bytes(one)).iter(f"{SPACE}{tag}"))


def test_equal_material_is_equal_bytes_whatever_its_order(outgoing: Outgoing) -> None:
    turned = replace(
        outgoing,
        notes=outgoing.notes[::-1],
        codings=outgoing.codings[::-1],
        memos=outgoing.memos[::-1],
        finished=outgoing.finished[::-1],
    )
    assert qdpx_bytes(turned) == qdpx_bytes(outgoing)


def test_texts_are_plain_and_positions_count_code_points_without_the_end(outgoing: Outgoing) -> None:
    data = qdpx_bytes(outgoing)
    archive = zipfile.ZipFile(io.BytesIO(data))
    sources = project_of(data).findall(f"{SPACE}Sources/{SPACE}TextSource")
    assert len(sources) == len(outgoing.notes)
    quotes = []
    for source in sources:
        path = source.attrib["plainTextPath"]
        assert path == f"internal://{source.attrib['guid']}.txt"
        raw = archive.read("sources/" + path.removeprefix("internal://"))
        assert b"\r" not in raw and not raw.startswith(b"\xef\xbb\xbf")
        text = raw.decode("utf-8")
        for selection in source.findall(f"{SPACE}PlainTextSelection"):
            start, end = int(selection.attrib["startPosition"]), int(selection.attrib["endPosition"])
            assert text[start:end] == selection.attrib["name"]
            quotes.append(text[start:end])
    assert sorted(quotes) == ["Bolig", "NAV", "har ikke bolig", "ikke bolig,\nog"]


def test_two_codes_on_the_same_words_share_a_selection(outgoing: Outgoing) -> None:
    selections = project_of(qdpx_bytes(outgoing)).iter(f"{SPACE}PlainTextSelection")
    assert sorted(len(one.findall(f"{SPACE}Coding")) for one in selections) == [1, 1, 1, 2]


def test_variables_have_their_types_and_only_those_in_use(outgoing: Outgoing) -> None:
    root = project_of(qdpx_bytes(outgoing))
    types = {one.attrib["name"]: one.attrib["typeOfVariable"] for one in root.iter(f"{SPACE}Variable")}
    assert types == {
        "møte": "Text",
        "type": "Text",
        "spørsmål": "Text",
        "gruppe": "Text",
        "bord": "Text",
        "dato": "Date",
        "stemmer": "Integer",
    }
    vague = replace(outgoing, notes=(replace(outgoing.notes[0], date="mai 2025"), *outgoing.notes[1:]))
    types = {
        one.attrib["name"]: one.attrib["typeOfVariable"]
        for one in project_of(qdpx_bytes(vague)).iter(f"{SPACE}Variable")
    }
    assert types["dato"] == "Text"


def test_a_case_is_a_table_of_a_session_with_its_notes(outgoing: Outgoing) -> None:
    cases = list(project_of(qdpx_bytes(outgoing)).iter(f"{SPACE}Case"))
    assert [case.attrib["name"] for case in cases] == ["kafe-1, bord 1", "kafe-1, bord 2"]
    refs = [[ref.attrib["targetGUID"] for ref in case.findall(f"{SPACE}SourceRef")] for case in cases]
    assert refs == [[guid("note", f"n-{n}") for n in (0, 2, 4)], [guid("note", f"n-{n}") for n in (1, 3)]]


def test_a_project_comes_back_with_everything_kafe_has(outgoing: Outgoing, tmp_path: Path) -> None:
    plan, codebook = taken_in(outgoing, tmp_path / "p.qdpx")
    assert codebook == outgoing.codebook
    assert without_origin(plan.codings) == set(outgoing.codings)
    assert set(plan.memos) == set(outgoing.memos)
    assert set(plan.finished) == set(outgoing.finished)
    assert (plan.codes, plan.unknown, dict(plan.left_out), dict(plan.losses)) == ((), (), {}, {})


def test_what_is_there_already_is_not_taken_in_again(outgoing: Outgoing, tmp_path: Path) -> None:
    plan, _ = taken_in(
        outgoing,
        tmp_path / "p.qdpx",
        standing=outgoing.codings,
        memos=outgoing.memos,
        finished=frozenset(outgoing.finished),
    )
    assert not plan.changes
    assert plan.there == len(outgoing.codings)


def test_a_coding_that_was_taken_away_in_kafe_stays_away(outgoing: Outgoing, tmp_path: Path) -> None:
    events = frozenset(coding.id for coding in outgoing.codings)
    plan, _ = taken_in(outgoing, tmp_path / "p.qdpx", standing=outgoing.codings[1:], events=events)
    assert plan.codings == ()
    assert plan.left_out == {"taken_away": 1}


def test_codings_with_codes_that_the_codebook_lacks_do_not_break_the_file(
    outgoing: Outgoing, tmp_path: Path
) -> None:
    odd = replace(outgoing.codings[0], id="f" * 32, code="finnes-ikke")
    plan, _ = taken_in(replace(outgoing, codings=(*outgoing.codings, odd)), tmp_path / "p.qdpx")
    assert without_origin(plan.codings) == set(outgoing.codings)


def test_a_codebook_without_codes_cannot_go_out(outgoing: Outgoing) -> None:
    with pytest.raises(KafeError, match="ingen koder"):
        qdpx_bytes(replace(outgoing, codebook=Codebook((), "")))


def test_a_program_that_drops_what_kafe_kept_beside_still_gives_the_codings(
    outgoing: Outgoing, tmp_path: Path, pack
) -> None:
    data = qdpx_bytes(outgoing)
    archive = zipfile.ZipFile(io.BytesIO(data))
    root = project_of(data)
    notes = root.find(f"{SPACE}Notes")
    assert notes is not None
    for note in list(notes):
        if note.attrib["name"] == "kafe.json":
            notes.remove(note)
    members = {name: archive.read(name) for name in archive.namelist() if name != "project.qde"}
    path = pack(tmp_path / "p.qdpx", ET.tostring(root, encoding="utf-8"), members)
    plan = make_plan(
        read_qdpx(path.read_bytes(), path.name),
        ProjectState(outgoing.notes, outgoing.codebook),
        origin="import:x",
    )

    def seen(coding: Coding) -> tuple:
        return coding.note_id, coding.start, coding.end, coding.quote, coding.code, coding.coder, coding.at

    assert sorted(map(seen, plan.codings)) == sorted(map(seen, outgoing.codings))
    assert {(memo.text, memo.author) for memo in plan.memos} >= {
        ("Om innspillet", "kari"),
        ("Om koden", "per"),
    }


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"]) | st.sampled_from("æøå😀\n\r\t\x0c&<>\"'"),
    max_size=20,
)
names = st.sampled_from(["kari", "per", "Åse & Co <x>", " x", "a\tb\n"])
moments = st.sampled_from(["2025-06-10T08:30:00", "2025-06-10", "", "i går", "2025-06-10T08:30:00.25+02:00"])


@st.composite
def outgoings(draw) -> Outgoing:
    texts = [normalise_text(text) or "x" for text in draw(st.lists(words, min_size=1, max_size=4))]
    notes = tuple(
        Note(
            f"n-{number}",
            draw(st.sampled_from(["kafe-1", "Ø & <2>"])),
            "fritekst",
            text,
            table=draw(st.sampled_from(["", "1"])),
            group=draw(st.sampled_from(["", "pårørende"])),
            votes=draw(st.integers(0, 3)),
        )
        for number, text in enumerate(texts)
    )
    codes: list[Code] = []
    for number in range(draw(st.integers(1, 4))):
        parent = draw(st.sampled_from(["", *(code.id for code in codes if code.id == f"k{number - 1}")]))
        above = next((code.colour for code in codes if code.id == parent), "#595959")
        said = normalise_text(draw(words))
        codes.append(
            Code(f"k{number}", f"Kode {number}", parent, definition=said, include=(said,), colour=above)
        )
    codebook = Codebook(tuple(codes), content_version(tuple(codes)), draw(words))
    codings: dict[tuple, Coding] = {}
    for number in range(draw(st.integers(0, 5))):
        note = draw(st.sampled_from(notes))
        start = draw(st.integers(0, len(note.text) - 1))
        end = draw(st.integers(start + 1, len(note.text)))
        code, coder = draw(st.sampled_from(codes)).id, draw(names)
        codings[note.id, start, end, code, coder] = Coding(
            f"c{number}",
            note.id,
            start,
            end,
            note.text[start:end],
            text_hash(note.text),
            code,
            coder,
            draw(moments),
            memo=draw(words),
            origin=draw(st.sampled_from(["", "data/coded/kodinger"])),
            codebook_version=draw(st.sampled_from(["v1", codebook.version])),
        )
    targets = ["project", "note:n-0", "code:k0", *(f"coding:{coding.id}" for coding in codings.values())]
    memos = tuple(
        Memo(f"m{number}", draw(st.sampled_from(targets)), draw(words) + "x", draw(names), draw(moments))
        for number in range(draw(st.integers(0, 3)))
    )
    finished = draw(st.lists(st.tuples(names, st.just("n-0")), max_size=2, unique=True))
    return Outgoing(draw(words), notes, codebook, tuple(codings.values()), memos, tuple(finished))


def test_a_coding_without_a_time_does_not_get_that_of_another_on_the_same_words(outgoing, tmp_path) -> None:
    first = outgoing.codings[0]
    timeless = replace(first, id="f" * 32, code="samarbeid", at="")
    plan, _ = taken_in(replace(outgoing, codings=(*outgoing.codings, timeless)), tmp_path / "uten-tid.qdpx")
    assert [coding.at for coding in plan.codings if coding.id == timeless.id] == [""]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(outgoings())
def test_nothing_that_kafe_has_is_lost_on_the_way_out_and_back(tmp_path_factory, outgoing: Outgoing) -> None:
    plan, codebook = taken_in(outgoing, tmp_path_factory.getbasetemp() / "rundt.qdpx")
    assert codebook == outgoing.codebook
    assert without_origin(plan.codings) == set(outgoing.codings)
    assert set(plan.memos) == set(outgoing.memos)
    assert set(plan.finished) == set(outgoing.finished)
    assert (dict(plan.left_out), dict(plan.losses)) == ({}, {})
