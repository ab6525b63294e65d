"""Taguette itself, on this machine alone: a project goes in, its codebook and codings come out and home again."""

import json
import os
import re
import shutil
import socket
import subprocess
import uuid
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

import pytest

from kafe.exchange.detect import detect
from kafe.exchange.formats.coding_tables import highlights_as_tidy, read_tidy
from kafe.exchange.formats.qdc import read_qdc
from kafe.exchange.formats.qdpx_read import read_qdpx
from kafe.exchange.formats.qdpx_write import qdpx_bytes
from kafe.exchange.formats.spreadsheets import read_table
from kafe.exchange.plan import ProjectState, make_plan
from kafe.exchange.read import read_codebook
from kafe.exchange.records import Outgoing

PLACES = (os.environ.get("TAGUETTE", ""), ".taguette/bin/taguette", shutil.which("taguette") or "")
SECONDS = 60


class Server:
    """A running Taguette in desktop mode, reached as a browser reaches it."""

    def __init__(self, address: str):
        self.jar = CookieJar()
        # No proxy: the server is on this machine.
        self.opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(self.jar))
        self.base = address.partition("/?")[0].rstrip("/")
        self.get(address[len(self.base) :] or "/")
        self.get("/project/new")

    def get(self, path: str) -> bytes:
        return self.opener.open(self.base + path, timeout=SECONDS).read()

    def post(self, path: str, body: bytes, kind: str) -> bytes:
        token = next((cookie.value or "" for cookie in self.jar if cookie.name == "_xsrf"), "")
        headers = {"Content-Type": kind, "X-XSRFToken": token}
        try:
            return self.opener.open(Request(self.base + path, body, headers), timeout=SECONDS).read()
        except HTTPError as error:
            pytest.fail(f"{path}: {error.code} {error.read()[:500]!r}")

    def send(self, path: str, content: object) -> dict:
        return json.loads(self.post(path, json.dumps(content).encode(), "application/json") or b"{}")

    def form(self, path: str, **fields: str) -> bytes:
        return self.post(path, urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def upload(self, path: str, name: str, text: str) -> dict:
        """Add a document, as the form in the browser does."""
        edge = uuid.uuid4().hex
        parts = [("name", "", name), ("description", "", ""), ("text_direction", "", "LEFT_TO_RIGHT")]
        # Taguette reads HTML itself, and plain text only with Calibre.
        page = f'<html><head><meta charset="utf-8"></head><body><p>{escape(text)}</p></body></html>'
        parts.append(("file", f'; filename="{name}.html"\r\nContent-Type: text/html', page))
        body = "".join(
            f'--{edge}\r\nContent-Disposition: form-data; name="{field}"{more}\r\n\r\n{value}\r\n'
            for field, more, value in parts
        )
        answer = self.post(path, f"{body}--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}")
        return json.loads(answer)


@pytest.fixture
def taguette(tmp_path: Path) -> Iterator[Server]:
    """Taguette on a free port of the loopback; without an installation the test is skipped."""
    program = next((place for place in PLACES if place and Path(place).exists()), "")
    if not program:
        pytest.skip("Taguette is not installed; set TAGUETTE to its program, in an environment of its own")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [
            program,
            "--no-browser",
            "--bind",
            "127.0.0.1",
            "--port",
            str(port),
            "--database",
            tmp_path / "t.db",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        cwd=tmp_path,
        env=os.environ | {"LANG": "C.UTF-8", "LANGUAGE": "en", "PYTHONUNBUFFERED": "1"},
    )
    try:
        yield Server(address_of(process, port))
    finally:
        process.terminate()
        process.communicate(timeout=SECONDS)


def address_of(process: subprocess.Popen, port: int) -> str:
    """Return the address, with its token, that the server says when it is ready."""
    said = []
    for line in process.stdout or ():
        said.append(line.decode(errors="replace"))
        if found := re.search(rf"http://\S+:{port}\S*", said[-1]):
            return found[0].rstrip(".,").replace("localhost", "127.0.0.1")
    pytest.fail(f"Taguette did not start: {''.join(said)[-2000:]}")


def put_in(server: Server, outgoing: Outgoing, path: Path) -> None:
    """Make a Taguette project of a .qdpx file of kafe: its codes, its texts, its codings."""
    path.write_bytes(qdpx_bytes(outgoing))
    project = read_qdpx(path.read_bytes(), path.name)
    server.form("/project/new", name=project.title, description="")
    tags = {}
    guids = {code_id: guid for guid, code_id in project.codes.by_guid.items()}
    for code in project.codes.codes:
        answer = server.send("/api/project/1/tag/new", {"path": code.name, "description": code.definition})
        tags[guids[code.id]] = answer["id"]
    for source in project.sources:
        document = server.upload("/api/project/1/document/new", source.name, source.text)["created"]
        for mark in project.spans:
            if mark.source == source.guid:
                # Taguette counts bytes of UTF-8 and knows no authors.
                start, end = (len(source.text[:at].encode()) for at in (mark.start, mark.end))
                server.send(
                    f"/api/project/1/document/{document}/highlight/new",
                    {"start_offset": start, "end_offset": end, "tags": [tags[mark.code]]},
                )


def test_a_project_goes_into_taguette_and_comes_home(
    taguette: Server, outgoing: Outgoing, tmp_path: Path
) -> None:
    kept = tuple(note for note in outgoing.notes if note.id in ("n-0", "n-1", "n-4"))
    own = tuple(
        replace(coding, memo="")
        for coding in outgoing.codings
        if coding.coder == "kari" and coding.note_id != "n-3"
    )
    going = replace(outgoing, notes=kept, codings=own, memos=(), finished=())
    put_in(taguette, going, tmp_path / "ut.qdpx")

    codebook = tmp_path / "taguette.qdc"
    codebook.write_bytes(taguette.get("/project/1/export/codebook.qdc"))
    assert detect(codebook).kind == "qdc"
    names = [code.name for code in read_qdc(codebook.read_bytes(), codebook.name).codes.codes]
    assert sorted(names) == ["Bolig", "NAV", "Samarbeid", "Tema", "interesting"]
    plan = make_plan(read_codebook(detect(codebook)), ProjectState((), outgoing.codebook))
    assert [code.name for code in plan.codes] == ["interesting"]

    highlights = tmp_path / "uthevinger.csv"
    highlights.write_bytes(taguette.get("/project/1/export/highlights/.csv"))
    found = detect(highlights)
    assert found.kind == "highlights"
    rows = highlights_as_tidy(read_table(found.data, highlights.name))
    incoming = read_tidy(rows, {note.id: note for note in kept}, outgoing.codebook)
    home = make_plan(incoming, ProjectState(kept, outgoing.codebook), origin="import:x", coder="kari")

    def seen(coding) -> tuple:
        return coding.note_id, coding.start, coding.end, coding.quote, coding.code, coding.coder

    assert (dict(home.left_out), dict(home.losses)) == ({}, {}), rows
    assert sorted(map(seen, home.codings)) == sorted(map(seen, own))
    assert (home.codes, dict(home.left_out)) == ((), {})
    known = ProjectState(kept, outgoing.codebook, standing=own)
    assert not make_plan(incoming, known, origin="import:x", coder="kari").changes
