"""Codebooks as .qdc: valid by the schema's rules, whole on the way back, mended where others erred."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafe.codebook.reader import load_codebook
from kafe.exchange.formats.code_elements import colour
from kafe.exchange.formats.qdc import qdc_bytes, read_qdc
from kafe.records import Code, Codebook, KafeError

EXAMPLE = Path(__file__).parents[3] / "data" / "coded" / "kodebok.yaml"
SPACE = "{urn:QDA-XML:codebook:1.0}"
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def check_against_schema(data: bytes) -> None:
    """Check what the codebook schema of REFI-QDA 1.5, section 5.2, demands."""
    root = ET.fromstring(data)
    assert root.tag == f"{SPACE}CodeBook"
    assert set(root.attrib) <= {"origin"}
    assert [child.tag for child in root] == [f"{SPACE}Codes"]
    assert len(root[0]) > 0
    for code in root[0].iter(f"{SPACE}Code"):
        assert {"guid", "name", "isCodable"} <= set(code.attrib) <= {"guid", "name", "isCodable", "color"}
        assert GUID.fullmatch(code.attrib["guid"])
        assert code.attrib["isCodable"] in ("true", "false")
        assert re.fullmatch(r"#[0-9A-Fa-f]{6}", code.attrib.get("color", "#000000"))
        tags = [child.tag.removeprefix(SPACE) for child in code]
        assert tags == ["Description"] * tags.count("Description") + ["Code"] * tags.count("Code")
        assert tags.count("Description") <= 1
    guids = [code.attrib["guid"] for code in root.iter(f"{SPACE}Code")]
    assert len(guids) == len(set(guids))


def read_text(path: Path, xml: str) -> Codebook:
    path.write_bytes(xml.encode("utf-8"))
    return read_qdc(path.read_bytes(), path.name).codes.codebook()


def test_the_example_codebook_comes_back_as_it_was(tmp_path: Path) -> None:
    codebook = load_codebook(EXAMPLE)
    path = tmp_path / "kodebok.qdc"
    path.write_bytes(qdc_bytes(codebook))
    found = read_qdc(path.read_bytes(), path.name).codes.codebook()
    assert found.codes == codebook.codes
    assert found.version == codebook.version


def test_the_file_keeps_the_schema_and_is_the_same_every_time(outgoing) -> None:
    for codebook in (outgoing.codebook, load_codebook(EXAMPLE)):
        data = qdc_bytes(codebook)
        check_against_schema(data)
        assert data == qdc_bytes(codebook)
        assert not data.startswith(b"\xef\xbb\xbf") and b"\r\n" not in data


def test_only_a_colour_of_its_own_is_written(outgoing) -> None:
    root = ET.fromstring(qdc_bytes(outgoing.codebook))
    colours = {code.attrib["name"]: code.attrib.get("color") for code in root.iter(f"{SPACE}Code")}
    assert colours == {"Tema": "#112233", "Bolig": None, "Samarbeid": None, "NAV": "#ABCDEF"}


@given(st.lists(st.text(max_size=8), min_size=1, max_size=6), st.data())
def test_any_names_and_any_tree_come_back(tmp_path_factory, names: list[str], data) -> None:
    codes: list[Code] = []
    for number, name in enumerate(names):
        name = re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", name) or "navn"
        parent = data.draw(st.sampled_from(["", *(code.id for code in codes)]))
        above = next((code.colour for code in codes if code.id == parent), "#595959")
        codes.append(Code(f"k{number}", name, parent, colour=data.draw(st.sampled_from([above, "#0000AA"]))))
    order = [code for root in [c for c in codes if not c.parent] for code in below(root, codes)]
    path = tmp_path_factory.getbasetemp() / "tre.qdc"
    path.write_bytes(qdc_bytes(Codebook(tuple(order), "")))
    assert read_qdc(path.read_bytes(), path.name).codes.codes == tuple(order)


def below(code: Code, codes: list[Code]) -> list[Code]:
    return [code, *(found for child in codes if child.parent == code.id for found in below(child, codes))]


def test_a_codebook_as_taguette_writes_it_is_read(tmp_path: Path) -> None:
    found = read_text(
        tmp_path / "t.qdc",
        '\ufeff<?xml version="1.0" encoding="utf-8"?>\n'
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette 1.5.2"><Codes>'
        '<Code guid="0D62985D-B147-5D01-A9B5-CAE5DCD98342" name="interesting" isCodable="true"/>'
        '<Code guid="DFE5C38E-9449-5959-A1F7-E3D895CFA87F" name="people.kari" isCodable="true"></Code>'
        "</Codes><Sets></Sets></CodeBook>",
    )
    assert [(code.id, code.name) for code in found.codes] == [
        ("interesting", "interesting"),
        ("people-kari", "people.kari"),
    ]


def test_faults_of_other_programs_are_mended(tmp_path: Path) -> None:
    found = read_text(
        tmp_path / "f.qdc",
        "<CodeBook><Codes>"
        '<Code name="A" color="rgb(255, 0, 16)"><Code guid="{ABCDEF01-0000-0000-0000-000000000001}" name="A"/></Code>'
        '<Code guid="x" isCodable="False" color="#80112233"/>'
        '<Code guid="y" name="B" isCodable="1" color="teal"><Description>Om\r\nB</Description></Code>'
        "</Codes></CodeBook>",
    )
    assert [(code.id, code.name, code.parent, code.codable, code.colour) for code in found.codes] == [
        ("a", "A", "", True, "#FF0010"),
        ("a-2", "A", "a", True, "#FF0010"),
        ("x", "x", "", False, "#112233"),
        ("b", "B", "", True, "#595959"),
    ]
    assert found["b"].definition == "Om\nB"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("#abc", "#AABBCC"),
        ("#a1b2c3", "#A1B2C3"),
        ("A1B2C3", "#A1B2C3"),
        ("#FFa1b2c3", "#A1B2C3"),
        ("#a1b2c3FF", "#A1B2C3"),
        ("rgba(1,2,300,0.5)", "#0102FF"),
        ("red", ""),
        ("", ""),
        ("#12345", ""),
    ],
)
def test_colours_of_any_form(written: str, meant: str) -> None:
    assert colour(written) == meant


def test_a_codebook_without_codes_is_refused_both_ways(tmp_path: Path) -> None:
    with pytest.raises(KafeError, match="ingen koder"):
        qdc_bytes(Codebook((), ""))
    with pytest.raises(KafeError, match="ingen koder"):
        read_text(tmp_path / "tom.qdc", "<CodeBook><Codes/></CodeBook>")
    with pytest.raises(KafeError, match="ikke en REFI-QDA-kodebok"):
        read_text(tmp_path / "annet.qdc", "<html/>")
