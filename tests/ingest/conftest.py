"""A small project in a temporary folder, and files in every format made on the spot."""

import csv
import io
from pathlib import Path

import pytest

from kafe.ingest.project import read_project
from kafe.ingest.records import Ingested, RawNote

SESSION = """
title = "Kafedialog 1"
date = 2025-05-06
kind = "{kind}"
[questions]
kjennetegn = "Hva kjennetegner en innbygger i rød kategori?"
hvem = "Hvem kan avgjøre at noen er i rød kategori?"
hva = "Hva skal skje når noen er i rød kategori?"
tiltak = "Hvilke tiltak skal settes i gang?"
[groups]
"1" = "bruker"
"pårørande" = "pårørende"
"""


def csv_bytes(rows: list[list[object]], encoding: str = "utf-8-sig", delimiter: str = ";") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def pdf_bytes(pages: list[list[str]]) -> bytes:
    """Return a PDF with one text line under another, in Helvetica; an empty page has no text at all."""
    objects: list[bytes] = []
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(len(pages)))
    font = 3 + 2 * len(pages)
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    for number, lines in enumerate(pages):
        shown = b"".join(
            b"1 0 0 1 50 %d Tm (%b) Tj " % (800 - 14 * at, line.encode("cp1252").translate(None, b"()\\"))
            for at, line in enumerate(lines)
            if line
        )
        stream = b"BT /F1 11 Tf " + shown + b"ET" if shown else b""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {4 + 2 * number} 0 R"
            f" /Resources << /Font << /F1 {font} 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            size,
            table,
            size,
            len(out),
        )
    )


class Project:
    """A `data/raw` to put files in and read."""

    csv_bytes = staticmethod(csv_bytes)
    pdf_bytes = staticmethod(pdf_bytes)

    def __init__(self, raw: Path):
        self.raw = raw

    def session(self, name: str = "kafe-1", toml: str | None = None, kind: str = "kafedialog") -> Path:
        folder = self.raw / name
        folder.mkdir(exist_ok=True)
        (folder / "session.toml").write_text(
            SESSION.format(kind=kind) if toml is None else toml, encoding="utf-8"
        )
        return folder

    def put(self, name: str, content: str | bytes, session: str = "kafe-1", kind: str = "kafedialog") -> Path:
        folder = self.raw / session
        if not folder.exists():
            self.session(session, kind=kind)
        path = folder / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    def read(self) -> Ingested:
        found = read_project(self.raw)
        for account in found.files:
            assert account.rows == account.notes + account.skipped
            assert account.notes == sum(note.source_file == account.file for note in found.notes)
            assert account.skipped == sum(entry.rows for entry in found.skipped if entry.file == account.file)
        assert len({note.id for note in found.notes}) == len(found.notes)
        return found

    def notes(self) -> tuple[RawNote, ...]:
        found = self.read()
        assert found.problems == ()
        return found.notes


@pytest.fixture
def project(tmp_path: Path) -> Project:
    raw = tmp_path / "raw"
    raw.mkdir()
    return Project(raw)
