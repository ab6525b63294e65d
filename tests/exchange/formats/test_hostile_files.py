"""Files made to harm do none: nothing is expanded, nothing is written, memory is not filled."""

import io
import zipfile
from pathlib import Path

import pytest

from kafe.exchange.detect import detect
from kafe.exchange.formats import archive as module
from kafe.exchange.formats.archive import Archive
from kafe.exchange.formats.qdc import read_qdc
from kafe.exchange.formats.qdpx_read import read_qdpx
from kafe.exchange.formats.spreadsheets import read_table
from kafe.records import KafeError

LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
<CodeBook><Codes><Code guid="x" name="&c;" isCodable="true"/></Codes></CodeBook>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
<CodeBook><Codes><Code guid="x" name="&e;" isCodable="true"/></Codes></CodeBook>"""


@pytest.mark.parametrize(
    "xml", [LAUGHS, OUTSIDE, '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><CodeBook/>']
)
def test_a_document_type_is_refused_before_anything_in_it_is_read(tmp_path: Path, xml: str) -> None:
    path = tmp_path / "ond.qdc"
    path.write_text(xml)
    with pytest.raises(KafeError, match="DOCTYPE"):
        read_qdc(path.read_bytes(), path.name)


def test_a_tree_without_bottom_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dyp.qdc"
    path.write_text("<CodeBook><Codes>" + '<Code guid="x" name="x" isCodable="true">' * 100_000)
    with pytest.raises(KafeError, match="nøstet for dypt"):
        read_qdc(path.read_bytes(), path.name)


@pytest.mark.parametrize(
    "data", [b"", b"<CodeBook><Codes>", b"\xff\xfe\x00", b"<a>&nbsp;</a>", b"<a>\x00</a>"]
)
def test_what_is_not_xml_is_refused_with_its_line(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "rot.qdc"
    path.write_bytes(data)
    with pytest.raises(KafeError, match="linje 1: Filen er ikke gyldig XML"):
        read_qdc(path.read_bytes(), path.name)


def test_a_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", b" " * (64 * 2**20))
    with pytest.raises(KafeError, match="for stor"):
        Archive(stream.getvalue(), "bombe.qdpx")
    small = pack(tmp_path / "liten.qdpx", "<Project/>", {"sources/a.txt": b"a" * 2000})
    monkeypatch.setattr(module, "MOST_UNPACKED", 1000)
    with pytest.raises(KafeError, match="for stor"):
        read_qdpx(small.read_bytes(), small.name)


def test_names_that_climb_out_write_nothing(tmp_path: Path, pack) -> None:
    folder = tmp_path / "inne"
    folder.mkdir()
    path = pack(
        folder / "p.qdpx",
        '<Project><Sources><TextSource guid="1" name="a" plainTextPath="internal://../../ut.txt"/>'
        '<TextSource guid="2" name="b" plainTextPath="absolute:///etc/passwd"/></Sources></Project>',
        {"../../ut.txt": b"tekst"},
    )
    found = read_qdpx(path.read_bytes(), path.name)
    assert [source.text for source in found.sources] == ["tekst"]
    assert found.losses == {"text": 1}
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["inne", "p.qdpx"]


@pytest.mark.parametrize("cut", [10, 60, 200])
def test_a_damaged_archive_is_refused(tmp_path: Path, pack, cut: int) -> None:
    path = pack(tmp_path / "p.qdpx", "<Project/>" * 30)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(KafeError, match="ikke et ZIP-arkiv"):
        read_qdpx(path.read_bytes(), path.name)


def test_a_member_whose_bytes_are_wrong_is_refused(tmp_path: Path, pack) -> None:
    path = pack(tmp_path / "p.qdpx", "<Project>innhold</Project>")
    path.write_bytes(path.read_bytes().replace(b"innhold", b"noeanna"))
    with pytest.raises(KafeError, match="ikke et ZIP-arkiv"):
        read_qdpx(path.read_bytes(), path.name)


def test_an_archive_that_is_no_project_or_workbook_is_refused(tmp_path: Path, pack) -> None:
    path = pack(tmp_path / "p.qdpx", "<x/>", main="annet.xml")
    with pytest.raises(KafeError, match="ikke et REFI-QDA-prosjekt"):
        read_qdpx(path.read_bytes(), path.name)
    with pytest.raises(KafeError, match="ikke en Excel-arbeidsbok"):
        read_table(path.read_bytes(), path.name)
    with pytest.raises(KafeError, match="Fant ikke filen"):
        detect(tmp_path / "mangler.qdpx")
