"""Small composed projects, and one that is run whole, once, for every test that looks at the outcome."""

import csv
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

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
    berørt: 2
    innflytelse: 4
    grupper: [bruker]
"""


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def write_rows(path: Path, rows: Iterable[Iterable[object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    return path


def write_table(path: Path, notes: Iterable[tuple[str, str, str]] = TABLE) -> Path:
    return write_rows(path, [("Bord", "Spørsmål", "Innspill"), *notes])


def compose(root: Path, *, codebook: str = CODEBOOK) -> Path:
    """Write a project with twelve notes, two coders, a decision and every file under data/coded."""
    from kafe.ingest import read_project

    write(root / "kafe.toml", SETTINGS)
    write(root / "data/raw/kafe-1/session.toml", SESSION)
    write_table(root / "data/raw/kafe-1/bord.csv")
    coded = root / "data/coded"
    write(coded / "kodebok.yaml", codebook)
    write(coded / "pilot.yaml", PILOT)
    write(coded / "indikatorer.yaml", INDICATORS.format(before=20))
    write(coded / "interessenter.yaml", STAKEHOLDERS)
    ids = [note.id for note in read_project(root / "data/raw").notes]
    header = ("innspill", "sitat", "kode", "koder", "tidspunkt", "memo")
    for coder, code in (("anna", "samarbeid"), ("berit", "bolig")):
        rows = [(note_id, "", "", coder, "2025-06-01T12:00:00", "") for note_id in ids[:4]]
        rows.append((ids[0], "", code, coder, "2025-06-01T12:00:00", ""))
        write_rows(coded / "kodinger" / f"{coder}.csv", [header, *rows])
    decisions = ("mål", "sitat", "beslutning", "del", "begrunnelse", "hvem", "dato")
    chosen = (f"note:{ids[1]}", "", "valgt", "tiltak", "Mange sa det.", "gruppen", "2025-09-03")
    write_rows(coded / "beslutninger.csv", [decisions, chosen])
    return root


@dataclass(frozen=True)
class Ran:
    """A command line that has ended."""

    code: int
    out: str
    err: str


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


@pytest.fixture(autouse=True, scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep pseudonym keys of tests out of the user's data folder."""
    folder = tmp_path_factory.mktemp("keys")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KAFE_KEY_DIR", str(folder))
        yield folder
