"""From raw notes to reports: nothing personal leaks, the same input gives the same bytes, bad input is survived."""

import base64
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from kafe.flow.project import Project
from kafe.flow.run import bring_up_to_date, make_reports, problems_of
from kafe.language.annotate import SIZE
from kafe.records import KafeError, Severity


def written(root: Path) -> Iterator[tuple[str, bytes]]:
    """Return everything that a run wrote, packed and encoded parts unpacked too."""
    for folder in (".kafe", "reports", "data/coded"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file():
                name = path.relative_to(root).as_posix()
                yield name, name.encode()
                yield from unpacked(name, path.read_bytes())


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, data
    if zipfile.is_zipfile(BytesIO(data)):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for part in archive.namelist():
                yield f"{name}!{part}", archive.read(part)
    if name.endswith(".spacy"):
        _, parts = data.split(b"\n", 1)
        assert parts
        while parts:
            size = SIZE.unpack_from(parts)[0]
            yield f"{name}!", zlib.decompress(parts[SIZE.size : SIZE.size + size])
            parts = parts[SIZE.size + size :]
    for number, match in enumerate(re.finditer(rb"base64,([A-Za-z0-9+/=]{8,})", data)):
        yield from unpacked(f"{name}!{number}", base64.b64decode(match[1]))


def spellings(canary: str) -> set[bytes]:
    """Return a text as it may lie in a file: UTF-8, UTF-16, JSON and HTML escapes, without spaces."""
    forms = {canary, json.dumps(canary)[1:-1], canary.replace("å", "&#229;"), canary.replace("@", "&#64;")}
    if any(char.isdigit() for char in canary) and " " in canary:
        forms.add(canary.replace(" ", ""))
    return {form.lower().encode(encoding) for form in forms for encoding in ("utf-8", "utf-16-le")}


def test_no_planted_identifier_is_in_anything_a_run_writes_or_says(whole, kit) -> None:
    everything = [
        ("stdout", whole.ran.out.encode()),
        ("stderr", whole.ran.err.encode()),
        *written(whole.root),
    ]
    names = {name.split("!")[0] for name, _ in everything}
    assert {"data/coded/kafe.sqlite", ".kafe/annotations.spacy", "reports/innspillslogg.xlsx"} <= names
    found = {
        (name, canary)
        for canary in kit.canaries
        for spelling in spellings(canary)
        for name, data in everything
        if spelling in data.lower()
    }
    assert found == set()


def test_the_search_for_planted_identifiers_finds_them_where_they_are(whole, kit) -> None:
    raw = b"".join(path.read_bytes() for path in (whole.root / "data/raw").rglob("*.*")).lower()
    assert [canary for canary in kit.canaries if not any(form in raw for form in spellings(canary))] == []


def test_the_key_lies_outside_the_project_and_knows_whom_the_tags_stand_for(whole) -> None:
    assert not whole.key.is_relative_to(whole.root)
    (key,) = whole.key.rglob("*.json")
    text = key.read_text(encoding="utf-8")
    for original in ("Torvald Skogheim", "Ragnfrid Myklestad", "ragnfrid.m@eksempel.no", "412 34 567"):
        assert original in text
    notes = " ".join(note.text for note in Project(whole.root).notes())
    assert {"PERSON", "TELEFON", "E-POST", "FØDSELSNUMMER", "ADRESSE"} <= set(
        re.findall(r"\[([A-ZØÆÅ-]+)-\d", notes)
    )


def test_a_run_ends_well_and_every_row_is_accounted_for(whole) -> None:
    assert whole.ran.code == 0, whole.ran.err
    assert "Laget 8 rapporter" in whole.ran.out
    tables = Project(whole.root).tables.notes
    assert len(tables.notes) == sum(row["notes"] for row in tables.files) == 21
    assert all(row["rows"] == row["notes"] + row["skipped"] for row in tables.files)
    assert sum(row["skipped"] for row in tables.files) == sum(row["rows"] for row in tables.skipped)


def test_reports_open_offline_in_norwegian_and_say_what_they_were_made_from(whole) -> None:
    pages = sorted((whole.root / "reports").glob("*.html"))
    assert len(pages) == 9
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert '<html lang="nb"' in text
        elements = re.sub(r"(?s)(<(script|style)\b[^>]*>).*?</\2>", r"\1", text)
        assert not re.search(r"""\s(?:src|href|srcset|action)\s*=\s*["']?(?:https?:)?//""", elements), (
            page.name
        )
        assert not re.search(
            r"@import|url\((?!#|['\"]?data:)", "".join(re.findall(r"(?s)<style.*?</style>", text))
        )
        assert len(text) < 6_000_000
    assert "kafe-1/bord-3.md" in (whole.root / "reports/04-temaer.html").read_text(encoding="utf-8")


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_same_input_gives_the_same_bytes(whole, kit, compose_with_canaries, tmp_path: Path) -> None:
    """Another folder, files written in another order at other times, another hash seed, a fresh key."""
    root = compose_with_canaries(tmp_path / "en annen mappe", backwards=True)
    for age, path in enumerate(sorted(root.rglob("*.*"))):
        os.utime(path, (1_600_000_000 + age, 1_600_000_000 + age))
    ran = kit.kafe("run", "--project", root, KAFE_KEY_DIR=str(tmp_path / "k"), PYTHONHASHSEED="2")
    assert ran.code == 0, ran.err
    for folder in ("reports", ".kafe/results"):
        first = files_below(whole.root / folder)
        second = files_below(root / folder)
        assert first.keys() == second.keys()
        assert [name for name in first if first[name] != second[name]] == []


def test_files_that_cannot_be_read_are_named_with_a_remedy_and_stop_nothing(kit, tmp_path: Path) -> None:
    root = kit.bare(tmp_path)
    kit.write_notebook(root, "01-notater", ["notes"])
    raw = root / "data/raw"
    kit.write_table(raw / "kafe-1/god.csv")
    kit.write(raw / "kafe-1/tom.csv", b"")
    kit.write(raw / "kafe-1/ukjent.xyz", "Bolig")
    kit.write(raw / "kafe-1/ikke-zip.docx", "dette er ikke en zip")
    kit.write(raw / "kafe-1/ødelagt.pdf", b"%PDF-1.4\n%%EOF")
    kit.write(raw / "kafe-1/koding.csv", b"Innspill\nf\x00\x81\x8d\xff\xfe\x00r\n")
    kit.write_rows(raw / "kafe-1/emoji.csv", [("Innspill",), ("😀😀",), ("42",), ("bolig " * 34_000,)])
    (raw / "tom-økt").mkdir()
    kit.write_table(raw / "Kafe 1/også.csv", [("1", "hvem", "Fra den andre økten")])
    kit.write(raw / "Kafe 1/session.toml", kit.session)
    kit.write(raw / "ødelagt/session.toml", 'title = "Kafe"\nkind = kafedialog\n')
    kit.write_rows(raw / "ødelagt/a.csv", [("Innspill",), ("Fra økten med feil i session.toml",)])
    ran = kit.kafe("run", "--project", root)
    assert ran.code == 0, ran.err
    remarks = [line.strip() for line in ran.out.splitlines() if line.startswith("  ")]
    for name in ("kafe-1/tom.csv", "kafe-1/ukjent.xyz", "kafe-1/ikke-zip.docx", "kafe-1/ødelagt.pdf",
                 "kafe-1/koding.csv", "tom-økt/", "ødelagt/session.toml, linje 2, nøkkel «kind»"):  # fmt: skip
        found = [line for line in remarks if line.startswith(name)]
        assert found and all(". " in line for line in found), f"{name}: {found}"
    assert any("samme id" in line for line in remarks)
    texts = [note.text for note in Project(root).notes()]
    assert {"😀😀", "42", "Fra den andre økten", "Fra økten med feil i session.toml"} <= set(texts)
    assert max(map(len, texts)) > 200_000
    assert len(texts) == len(kit.table) + 5


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("kafe.toml", "[project\n", ("kafe.toml", "line 1", "Rett linjen")),
        ("kafe.toml", '[project]\nid = "a"\ntitle = "b"\nfarge = 1\n', ("kafe.toml", "«project.farge»")),
        ("kafe.toml", '[project]\nid = "A b"\ntitle = "b"\n', ("kafe.toml", "«project.id»")),
        ("data/coded/kodebok.yaml", "koder:\n  - id: [\n", ("kodebok.yaml", "linje")),
        ("data/coded/kodebok.yaml", "koder:\n  - id: a\n    nvn: A\n", ("kodebok.yaml", "linje 3", "nvn")),
        ("data/coded/pilot.yaml", "elementer:\n  - id: a\n", ("pilot.yaml", "linje 2", "tittel")),
        ("data/coded/indikatorer.yaml", "indikatorer: 3\n", ("indikatorer.yaml", "«indikatorer»")),
        ("data/coded/interessenter.yaml", "\tx: 1\n", ("interessenter.yaml", "linje 1")),
        ("data/coded/beslutninger.csv", "mål;beslutning\nnote:x;kanskje\n", ("beslutninger.csv",)),
        ("data/coded/kodinger/anna.csv", "innspill;sitat;kode\nn-0;;bolig\n", ("anna.csv", "rad 2")),
        ("data/raw/navneliste.txt", "Kåre Ødegård".encode("mac_roman"), ("navneliste.txt", "UTF-8")),
    ],
)
def test_a_file_of_settings_or_human_work_that_cannot_be_used_is_named(
    kit, staged: Path, name: str, content: str | bytes, said: tuple[str, ...]
) -> None:
    kit.write(staged / name, content)
    try:
        project = Project(staged)
        bring_up_to_date(project)
    except KafeError as error:
        problems = [str(error)]
    else:
        assert len(project.notes()) == len(kit.table)
        listed = problems_of(
            *(part.problems for part in (project.tables.notes, project.tables.coding, project.tables.pilot))
        )
        problems = [str(problem) for problem in listed]
        assert all(problem.remedy for problem in listed)
        in_rows = {"anna.csv", "beslutninger.csv"}
        assert all((one.severity is Severity.FILE) != (one.file in in_rows) for one in listed)
    assert any(all(part in problem for part in said) for problem in problems), problems


@pytest.mark.parametrize(
    "state", ["no raw folder", "no sessions", "an empty session", "one note", "no letters", "no codebook"]
)
def test_stages_bear_a_project_with_almost_nothing_in_it(kit, tmp_path: Path, state: str) -> None:
    root = kit.bare(tmp_path)
    session = root / "data/raw/kafe-1"
    if state in ("no raw folder", "no sessions"):
        (session / "session.toml").unlink()
        session.rmdir()
        if state == "no raw folder":
            (root / "data/raw").rmdir()
    elif state == "one note":
        kit.write_table(session / "a.csv", kit.table[:1])
    elif state == "no letters":
        kit.write_table(session / "a.csv", [("1", "hvem", text) for text in ("😀", "👍👍", "42", "!!!", "…")])
    elif state == "no codebook":
        kit.write_table(session / "a.csv")
        (root / "data/coded/kodebok.yaml").unlink()
    project = Project(root)
    assert len(bring_up_to_date(project)) == 5
    assert bring_up_to_date(project) == []
    expected = {"one note": 1, "no letters": 5, "no codebook": len(kit.table)}
    assert len(project.tables.pilot.log) == expected.get(state, 0)
    if state in ("no raw folder", "no sessions", "an empty session"):
        assert project.tables.notes.problems[0]["remedy"]


def test_every_report_of_an_empty_project_is_made(kit, tmp_path: Path) -> None:
    root = kit.bare(tmp_path)
    outcome = make_reports(Project(root), [], {})
    assert outcome.failed == {}
    assert len(outcome.made) == 8
    for page in (root / "reports").glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"\b(nan|None|NaN)\b", re.sub(r"<(script|style).*?</\1>", "", text, flags=re.S))
