"""`kafe export` and `kafe import` on a project: what they write, ask, change and say."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from kafe.codebook.reader import load_codebook
from kafe.exchange.apply import apply_import, plan_import
from kafe.exchange.export import export, gather
from kafe.exchange.new_notes import write_new_notes
from kafe.exchange.records import Outgoing, TextSource
from kafe.ingest.project import read_project
from kafe.records import KafeError
from kafe.settings import Paths, load_settings
from kafe.store.store import Store, open_store

CODEBOOK = """
tittel: Prøvebok
koder:
  - id: tema
    navn: Tema
    kodbar: false
    farge: "#112233"
    koder:
      - id: bolig
        navn: Bolig
        definisjon: Et sted å bo.
      - id: samarbeid
        navn: Samarbeid
  - id: nav
    navn: NAV
"""


class Ran(NamedTuple):
    """A command line that has ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def project(kit, outgoing: Outgoing, tmp_path: Path) -> Path:
    """A project whose store has the notes and codings, without anything having been run."""
    root = kit.bare(tmp_path / "prosjekt")
    kit.write(root / "data/coded/kodebok.yaml", CODEBOOK)
    with store_of(root) as store:
        store.put_notes(outgoing.notes, at="2025-06-01T00:00:00")
        store.append_codings(outgoing.codings)
        store.append_memos(outgoing.memos)
        store.append_finished_marks(
            [(coder, note, "2025-06-12T00:00:00") for coder, note in outgoing.finished]
        )
    return root


@pytest.fixture
def other(kit, outgoing: Outgoing, tmp_path: Path) -> Path:
    """A project with the same notes, one code and nothing coded."""
    root = kit.bare(tmp_path / "annet")
    kit.write(root / "data/coded/kodebok.yaml", "koder:\n  - id: samarbeid\n    navn: Samarbeid # vår\n")
    with store_of(root) as store:
        store.put_notes(outgoing.notes, at="2025-06-01T00:00:00")
    return root


@pytest.fixture
def kafe(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Return a function that runs the command line in this process: status, output, errors."""
    from kafe.cli import main

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr("sys.argv", ["kafe", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Ran(int(ended.value.code or 0), said.out, said.err)

    return run


def store_of(root: Path) -> Store:
    return open_store(Paths(root), load_settings(root))


def state(root: Path) -> tuple:
    """Return all that an import may change."""
    with store_of(root) as store:
        return (
            store.history(),
            store.memo_history(),
            store.finished(),
            (root / "data/coded/kodebok.yaml").read_bytes(),
            sorted(path.name for path in root.parent.iterdir()),
        )


@pytest.mark.parametrize("file", ["u.qdpx", "u.qdc", "u.csv", "u.xlsx"])
def test_what_went_out_is_recognised_and_changes_nothing(kafe, project: Path, file: str) -> None:
    path = project.parent / file
    done = kafe("export", path, "--project", project)
    assert done.code == 0, done.err
    assert "avidentifisert, men ikke anonym" in done.out
    before = state(project)
    again = kafe("import", path, "--yes", "--project", project)
    assert (again.code, "Ingenting å gjøre." in again.out) == (0, True), again.out + again.err
    assert state(project) == before


def test_a_whole_project_moves_to_another(kafe, project: Path, other: Path, outgoing: Outgoing) -> None:
    path = project.parent / "u.qdpx"
    export(Paths(project), load_settings(project), path)
    before = state(other)
    shown = kafe("import", path, "--project", other)
    assert shown.code == 3
    assert "nye koder legges i kodeboken" in shown.out and "Ingenting er endret" in shown.out
    assert state(other) == before
    done = kafe("import", path, "--yes", "--project", other)
    assert done.code == 0, done.err
    here, there = (
        gather(Paths(other), load_settings(other))[0],
        gather(Paths(project), load_settings(project))[0],
    )
    assert {(c.id, c.note_id, c.start, c.end, c.code, c.coder, c.at, c.memo) for c in here.codings} == {
        (c.id, c.note_id, c.start, c.end, c.code, c.coder, c.at, c.memo) for c in there.codings
    }
    assert all(coding.origin.startswith("import:") for coding in here.codings)
    assert {(memo.id, memo.target, memo.text) for memo in here.memos} == {
        (memo.id, memo.target, memo.text) for memo in outgoing.memos
    }
    assert here.finished == there.finished
    assert {code.id for code in load_codebook(Paths(other).codebook).codes} == {
        "tema",
        "bolig",
        "samarbeid",
        "nav",
    }
    assert "# vår" in (other / "data/coded/kodebok.yaml").read_text(encoding="utf-8")
    with store_of(other) as store:
        assert [operation.kind for operation in store.operations()][-1] == "import"
    after = state(other)
    assert "Ingenting å gjøre" in kafe("import", path, "--yes", "--project", other).out
    assert state(other) == after


def test_a_codebook_alone_fills_in_and_adds(kafe, project: Path, other: Path) -> None:
    path = project.parent / "k.qdc"
    export(Paths(project), load_settings(project), path)
    assert kafe("import", path, "--yes", "--project", other).code == 0
    codebook = load_codebook(Paths(other).codebook)
    assert codebook["bolig"].definition == "Et sted å bo."
    assert codebook["bolig"].parent == "tema"


def test_texts_that_are_no_notes_are_written_for_ingest_and_nowhere_else(
    kafe, kit, other: Path, pack
) -> None:
    sources = "".join(
        f'<TextSource guid="{number}" name="d{number}"><PlainTextContent>{text}</PlainTextContent>'
        f'<Coding guid="c{number}"><CodeRef targetGUID="k"/></Coding></TextSource>'
        for number, text in enumerate(["=Torvald trenger\n- en bolig", "Bolig"])
    )
    path = pack(
        other.parent / "fremmed.qdpx",
        '<Project><Users><User guid="u" name="kari"/></Users><CodeBook><Codes><Code guid="k" name="Samarbeid"/>'
        f"</Codes></CodeBook><Sources>{sources}</Sources></Project>",
    )
    shown = kafe("import", path, "--project", other)
    assert (shown.code, "Torvald" in shown.out) == (3, False)
    assert not (other.parent / "fremmed-innspill.csv").exists()
    done = kafe("import", path, "--yes", "--project", other)
    assert done.code == 0
    written = other.parent / "fremmed-innspill.csv"
    assert str(written) in done.out and "Torvald" not in done.out
    kit.write(other / "data/raw/kafe-1/fremmed.csv", written.read_bytes())
    assert [note.text for note in read_project(other / "data/raw").notes] == ["=Torvald trenger\n- en bolig"]


def test_a_file_with_other_texts_is_never_written_over(tmp_path: Path) -> None:
    def section(text: str) -> list[TextSource]:
        return [TextSource("1", "d", text, {"Gruppe": "bruker", "Alder": "40"})]

    first = write_new_notes(tmp_path / "p.qdpx", section("en"))
    assert write_new_notes(tmp_path / "p.qdpx", section("en")) == first
    second = write_new_notes(tmp_path / "p.qdpx", section("to"))
    assert [first.name, second.name] == ["p-innspill.csv", "p-innspill-2.csv"]
    assert first.read_text(encoding="utf-8-sig") == "Innspill;Gruppe\nen;bruker\n"


def test_a_wide_table_and_one_persons_codings_go_out(kafe, project: Path) -> None:
    path = project.parent / "w.csv"
    assert kafe("export", path, "--wide", "--coder", "per", "--project", project).code == 0
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].endswith(";ferdig;bolig;samarbeid;nav")
    assert [line[-7:] for line in lines[1:3]] == ["0;1;0;0", "1;0;0;1"]
    refused = kafe("export", path, "--coder", "ukjent", "--project", project)
    assert (refused.code, "Velg blant: kari, per" in refused.err) == (1, True)
    assert kafe("export", project.parent / "w.qdpx", "--wide", "--project", project).code == 1


def test_what_the_format_does_not_hold_is_said(project: Path) -> None:
    def absent(name: str, **options) -> set[str]:
        done = export(Paths(project), load_settings(project), project.parent / name, **options)
        return set(done.absent)

    assert absent("a.qdpx") == {"beside"}
    assert absent("a.qdc") == {"notes", "codings", "memos", "finished", "title"}
    assert absent("a.csv") == {"memos", "definitions", "uncoded", "finished"}
    assert absent("a.xlsx", as_wide=True) == {"memos", "definitions", "spans"}


def test_exports_go_neither_into_the_data_nor_to_unknown_formats(project: Path, kit) -> None:
    paths, settings = Paths(project), load_settings(project)
    for name, said in (
        ("data/coded/kodinger/x.csv", "data-mappe"),
        ("x.docx", "formatet"),
        ("nei/x.csv", "Mappen"),
    ):
        with pytest.raises(KafeError, match=said):
            export(paths, settings, project / name)
    empty = kit.bare(project.parent / "tomt")
    with pytest.raises(KafeError, match="kafe run"):
        export(Paths(empty), load_settings(empty), project.parent / "x.csv")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.docx", b"PK\x03\x04tull", "ZIP-arkiv"),
        ("x.csv", b"farge;dyr\nr\xf8d;katt\n", "Kjenner ikke igjen"),
        ("x.bin", b"\x00\x01\x02", "Kjenner ikke igjen"),
        ("project.qde", b'<Project name="x"/>', "uten tekstene"),
        ("x.html", b"<html/>", "Kjenner ikke igjen"),
        ("tom.csv", b"", "Kjenner ikke igjen"),
    ],
)
def test_files_of_other_kinds_are_refused_in_words(
    kafe, kit, other: Path, name: str, content: bytes, said: str
) -> None:
    path = kit.write(other.parent / name, content)
    before = state(other)
    done = kafe("import", path, "--yes", "--project", other)
    assert (done.code, said in done.err) == (1, True), done.err
    assert state(other) == before


def test_stores_are_sent_on_and_machines_code_nothing(kafe, kit, project: Path, other: Path) -> None:
    store = project / "data/coded/kafe.sqlite"
    with sqlite3.connect(store) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert "kafe merge" in kafe("import", store, "--project", other).err
    path = kit.write_rows(other.parent / "k.csv", [("innspill", "kode"), ("n-0", "samarbeid")])
    refused = kafe("import", path, "--yes", "--coder", "model:x", "--project", other)
    assert (refused.code, "maskin" in refused.err) == (1, True)
    done = kafe("import", path, "--yes", "--coder", "åse", "--project", other)
    assert done.code == 0
    with store_of(other) as opened:
        assert [(coding.coder, coding.code) for coding in opened.codings()] == [("åse", "samarbeid")]


def test_what_people_wrote_is_masked_before_it_is_stored(project: Path, other: Path) -> None:
    path = project.parent / "m.qdpx"
    export(Paths(project), load_settings(project), path)
    paths, settings = Paths(other), load_settings(other)
    asked: list[str] = []

    def mask(texts: Sequence[str]) -> list[str]:
        with store_of(other) as store:
            assert store.memo_history() == [] and store.history() == []
        asked.extend(texts)
        return [text.replace("her", "[STED-1]").replace("Om alt", "Om [PERSON-1]") for text in texts]

    planned = plan_import(paths, settings, path)
    done = apply_import(paths, settings, planned, who="kari", at="2025-06-13T00:00:00", mask=mask)
    assert asked == sorted({"Viktig\n«her»", "Om innspillet", "Om koden", "Om kodingen", "Om alt"})
    assert (done.masked, done.written) == (2, None)
    with store_of(other) as store:
        assert {memo.text for memo in store.memos()} >= {"Om [PERSON-1]", "Om koden"}
        assert {coding.memo for coding in store.codings()} == {"", "Viktig\n«[STED-1]»"}
    again = plan_import(paths, settings, path)
    assert not again.plan.changes
    assert again.plan.left_out == {"memo_differs": 1}
