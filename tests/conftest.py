"""Small composed projects, and one that is run whole, once, for every test that looks at the outcome."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
KAFE = Path(sys.executable).with_name("kafe")
SETTINGS = """
[project]
id = "prove"
title = "Prøveprosjekt"
municipalities = ["Stavanger", "Time"]
[language]
model = "nb_kafe_sm"
"""
SESSION = """
title = "Kafedialog 1"
date = 2025-05-06
kind = "kafedialog"
[questions]
hvem = "Hvem kan avgjøre at noen er i rød kategori?"
tiltak = "Hvilke tiltak skal settes i gang?"
[groups]
"1" = "bruker"
"2" = "kommune"
"""
TABLE = [
    ("1", "hvem", "Fastlegen må kunne si ifra når noen trenger mer hjelp"),
    ("1", "hvem", "Pårørende ser det først, men ingen spør dem"),
    ("1", "tiltak", "En fast kontaktperson som ikke slutter etter tre måneder"),
    ("1", "tiltak", "Bolig først, så behandling"),
    ("1", "tiltak", "Vi treng ein stad å gå til på kveldstid"),
    ("1", "tiltak", "Noko å gjera på dagtid"),
    ("2", "hvem", "Samarbeid mellom kommunen og sykehuset om hver enkelt"),
    ("2", "hvem", "Ansvarsgruppen bør avgjøre det sammen med brukeren"),
    ("2", "tiltak", "Individuell plan som faktisk blir brukt"),
    ("2", "tiltak", "Samarbeid med NAV og DPS i faste møter"),
    ("2", "tiltak", "Ambulant team som kan reise hjem til folk"),
    ("2", "tiltak", "Felles kurs for politi, ambulanse og legevakt"),
]
CODEBOOK = """
tittel: Prøve
koder:
  - id: samarbeid
    navn: Samarbeid
    definisjon: Tjenestene arbeider sammen rundt den enkelte.
    eksempler: [Faste møter mellom kommune og sykehus.]
    mønstre: [samarbeid*]
  - id: bolig
    navn: Bolig
    definisjon: Et trygt sted å bo.
    mønstre: [bolig*|bustad*]
"""
PILOT = """
tittel: Pilot
elementer:
  - id: tiltak
    tittel: Hva settes i gang?
    spørsmål: tiltak
    forslag:
      - id: fast-kontakt
        tekst: Alle får en fast kontaktperson.
        bygger_på: [samarbeid]
        status: utkast
"""
INDICATORS = """
indikatorer:
  - id: individuell-plan
    navn: Andel med individuell plan
    type: prosess
    enhet: prosent
    før: {before}
    før_dato: 2025-12-31
    kilde: Journalsystemet
"""
STAKEHOLDERS = """
interessenter:
  - id: brukere
    navn: Brukere
    hører_til: bruker
    berørt: 2
    innflytelse: 4
    grupper: [bruker]
"""
NOTEBOOK_METADATA = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


LISTED = ("Torvald Skogheim", "Ragnfrid Myklestad")
CANARIES = (
    *LISTED,
    "Torvald",
    "Ragnfrid",
    "Skogheim",
    "Myklestad",
    "Gudleiv Haukås",
    "412 34 567",
    "41234567",
    "ragnfrid.m@eksempel.no",
    "skjult.svar@eksempel.no",
    "01850154321",
    "018501 54321",
    "Fjelltoppveien 17",
)
"""Made-up identifiers planted in the raw notes; none may be found in anything that kafe writes."""
HOST_NOTES = """
# Bord 3
Bordvert: Gudleiv Haukås
## Spørsmål 1
- Torvald Skogheim sa at han ringte 412 34 567 uten svar (3 prikker)
- Spør ragnfrid.m@eksempel.no eller Ragnfrid Myklestad om samarbeid
- Torvald fikk ikke svar på 018501 54321 før han møtte opp i Fjelltoppveien 17 B, 4019 Stavanger
## Spørsmål 2
- Naboen til SKOGHEIM, fødselsnummer 01850154321, trenger en bolig
- Vi treng bustad, sa Ragnfrid, og ringde 41234567
## Spørsmål: Hva mente Torvald Skogheim om akuttberedskapen?
- Den er for langt unna
"""
FORM = [
    ("Svar-ID", "E-post", "Rolle", "Kommune", "Hvilke tiltak skal settes i gang?", "Hva mener du om Ragnfrid Myklestad?"),
    ("1", "skjult.svar@eksempel.no", "pårørende til Ragnfrid Myklestad", "Time", "Mer hjelp heime", "Ho er flink"),
    ("2", "skjult.svar@eksempel.no", "ansatt", "Stavanger", "Flere kvelder med åpent hus", ""),
]  # fmt: skip


@dataclass(frozen=True)
class Ran:
    """A command line that has ended."""

    code: int
    out: str
    err: str


class Kit:
    """What tests write projects with, and the command line."""

    settings, session, table, codebook, indicators = SETTINGS, SESSION, TABLE, CODEBOOK, INDICATORS
    canaries = CANARIES

    @staticmethod
    def write(path: Path, content: str | bytes) -> Path:
        """Write a file and the folders above it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    @staticmethod
    def write_rows(path: Path, rows: Iterable[Iterable[object]]) -> Path:
        """Write a CSV file as Norwegian Excel does."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows(rows)
        return path

    def write_table(self, path: Path, notes: Iterable[tuple[str, str, str]] = TABLE) -> Path:
        """Write notes as (table, question, text)."""
        return self.write_rows(path, [("Bord", "Spørsmål", "Innspill"), *notes])

    def bare(self, root: Path) -> Path:
        """Write a project with settings, a codebook and one session without files."""
        self.write(root / "kafe.toml", SETTINGS)
        self.write(root / "data/raw/kafe-1/session.toml", SESSION)
        self.write(root / "data/coded/kodebok.yaml", CODEBOOK)
        return root

    def compose(self, root: Path) -> Path:
        """Write a project with twelve notes, two coders, a decision and every file under data/coded."""
        from kafe.ingest.project import read_project

        self.bare(root)
        self.write_table(root / "data/raw/kafe-1/bord.csv")
        coded = root / "data/coded"
        self.write(coded / "pilot.yaml", PILOT)
        self.write(coded / "indikatorer.yaml", INDICATORS.format(before=20))
        self.write(coded / "interessenter.yaml", STAKEHOLDERS)
        ids = [note.id for note in read_project(root / "data/raw").notes]
        for coder, code in (("anna", "samarbeid"), ("berit", "bolig")):
            self.write_codings(root, coder, [(ids[0], code), *((note_id, "") for note_id in ids[:4])])
        columns = ("mål", "sitat", "beslutning", "del", "begrunnelse", "hvem", "dato")
        chosen = (f"note:{ids[1]}", "", "valgt", "tiltak", "Mange sa det.", "gruppen", "2025-09-03")
        self.write_rows(coded / "beslutninger.csv", [columns, chosen])
        return root

    def write_codings(self, root: Path, coder: str, rows: Iterable[tuple[str, str]]) -> Path:
        """Write a coder's file of (note id, code); no code means that the note is finished."""
        columns = ("innspill", "sitat", "kode", "koder", "tidspunkt", "memo")
        lines = [(note_id, "", code, coder, "2025-06-01T12:00:00", "") for note_id, code in rows]
        return self.write_rows(root / "data/coded/kodinger" / f"{coder}.csv", [columns, *lines])

    def write_tables(self, root: Path, stage: str, tables: dict[str, object]) -> None:
        """Write tables of a stage as if it had left them; those not given are not there."""
        for name, table in tables.items():
            self.write(root / ".kafe/results" / stage / f"{name}.json", json.dumps(table))

    @staticmethod
    def write_notebook(root: Path, name: str, reads: list[str], code: str = "") -> Path:
        """Write a notebook of one cell, so that reports are made quickly."""
        import nbformat

        parameters = nbformat.v4.new_code_cell('project = ""\nsession = ""', id="a")
        parameters.metadata["tags"] = ["parameters"]
        cell = nbformat.v4.new_code_cell(code or "1 + 1", id="b")
        notebook = nbformat.v4.new_notebook(cells=[parameters, cell], metadata=NOTEBOOK_METADATA)
        notebook.metadata["kafe"] = {"reads": reads, "answers": "?"}
        path = root / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(notebook, path)
        return path

    @staticmethod
    def kafe(*arguments: object, cwd: Path | None = None, **environment: str) -> Ran:
        """Run the command line as its users do, in a process of its own."""
        done = subprocess.run(
            [KAFE, *map(str, arguments)],
            capture_output=True,
            cwd=cwd,
            env=os.environ | {"COLUMNS": "200"} | environment,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@dataclass(frozen=True)
class Whole:
    """A project with planted identifiers, what the command line said when it was run, and its key."""

    root: Path
    ran: Ran
    key: Path


@pytest.fixture(scope="session")
def compose_with_canaries(kit: Kit):
    """Return a function that writes a project full of identifiers; the files in the given order."""

    def make(root: Path, *, backwards: bool = False) -> Path:
        kit.compose(root)
        form = SESSION.replace("kafedialog", "fritekst").split("[groups]")[0]
        raw = root / "data/raw"
        writers = [
            lambda: kit.write(raw / "navneliste.txt", "\n".join(LISTED)),
            lambda: kit.write(raw / "kafe-1/bord-3.md", HOST_NOTES),
            lambda: kit.write(raw / "skjema/session.toml", form),
            lambda: kit.write_rows(raw / "skjema/svar.csv", FORM),
        ]
        for write in reversed(writers) if backwards else writers:
            write()
        return root

    return make


@pytest.fixture(scope="session")
def whole(kit: Kit, compose_with_canaries, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """A project with planted identifiers on which `kafe run` has been run with the real notebooks."""
    folder = tmp_path_factory.mktemp("whole")
    root = compose_with_canaries(folder / "prosjekt")
    ran = kit.kafe("run", "--project", root, KAFE_KEY_DIR=str(folder / "nøkler"), PYTHONHASHSEED="1")
    return Whole(root, ran, folder / "nøkler")


@pytest.fixture(scope="session")
def kit() -> Kit:
    """What tests write projects with, and the command line."""
    return Kit()


@pytest.fixture(autouse=True, scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep pseudonym keys of tests out of the user's data folder."""
    folder = tmp_path_factory.mktemp("keys")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KAFE_KEY_DIR", str(folder))
        yield folder


@pytest.fixture(scope="session")
def _staged(kit: Kit, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from kafe.flow.project import Project
    from kafe.flow.run import bring_up_to_date

    root = kit.compose(tmp_path_factory.mktemp("staged") / "prosjekt")
    bring_up_to_date(Project(root))
    return root


@pytest.fixture
def staged(_staged: Path, tmp_path: Path) -> Path:
    """Return a composed project of the test's own in which every stage has run; no report is made yet."""
    return Path(shutil.copytree(_staged, tmp_path / "prosjekt"))


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium; without one the test is skipped, but in CI it fails."""
    if not CHROMIUM.exists():
        reason = f"Chromium is not at {CHROMIUM}; set CHROMIUM to its path"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def example_codebook():
    """The example project's codebook."""
    from kafe.codebook.reader import load_codebook

    return load_codebook(Path(__file__).parents[1] / "data" / "coded" / "kodebok.yaml")
