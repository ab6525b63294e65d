"""Small projects to exchange, and project files in the shapes that other programs write."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kafe.codebook.reader import DEFAULT_COLOUR, content_version
from kafe.exchange.detect import detect
from kafe.exchange.read import read_codebook
from kafe.exchange.records import Incoming, Outgoing
from kafe.records import Code, Codebook, Coding, Memo, Note, text_hash

TEXTS = (
    "Æ😀ø: har ikke bolig,\nog ingen å ringe",
    "Samarbeid 🧑‍🤝‍🧑 mellom NAV og kommunen",
    "Bolig",
    "Bolig",
    "Snakket med [PERSON-1] om bolig, så med [PERSON-2].",
)


def codebook_of(*codes: Code) -> Codebook:
    """Return a codebook as the loader makes it: a code without colour has its parent's."""
    found: dict[str, Code] = {}
    for code in codes:
        inherited = found[code.parent].colour if code.parent else DEFAULT_COLOUR
        found[code.id] = replace(code, colour=code.colour or inherited)
    return Codebook(tuple(found.values()), content_version(tuple(found.values())), "Prøvebok")


CODEBOOK = codebook_of(
    Code("tema", "Tema", codable=False, colour="#112233"),
    Code(
        "bolig", "Bolig", "tema", definition="Et sted å bo.\nTa med:\nikke en liste", include=("leie", "a\nb")
    ),
    Code("samarbeid", "Samarbeid", "tema", patterns=("samarbeid*",), owner="Kari", status="draft"),
    Code("nav", "NAV", colour="#ABCDEF", counterexamples=("navn",), exclude=("x",), examples=("NAV",)),
)


def code_on(note: Note, quote: str, code: str, coder: str, number: int, memo: str = "") -> Coding:
    start = note.text.index(quote)
    return Coding(
        id=f"{number:032x}",
        note_id=note.id,
        start=start,
        end=start + len(quote),
        quote=quote,
        text_hash=text_hash(note.text),
        code=code,
        coder=coder,
        at="2025-06-10T08:30:00",
        memo=memo,
        origin="data/coded/kodinger",
        codebook_version=CODEBOOK.version,
    )


@pytest.fixture
def outgoing() -> Outgoing:
    """Five notes with emoji and æøå, overlapping codings by two people, memos on everything."""
    notes = tuple(
        Note(
            f"n-{number}",
            "kafe-1",
            "kafedialog",
            text,
            date="2025-05-06",
            table=str(1 + number % 2),
            question="hvem",
            group="bruker" if number % 2 else "",
            votes=number,
        )
        for number, text in enumerate(TEXTS)
    )
    codings = (
        code_on(notes[0], "har ikke bolig", "bolig", "kari", 1, memo="Viktig\n«her»"),
        code_on(notes[0], "ikke bolig,\nog", "bolig", "per", 2),
        code_on(notes[0], "har ikke bolig", "nav", "kari", 3),
        code_on(notes[1], "NAV", "nav", "per", 4),
        code_on(notes[3], "Bolig", "bolig", "kari", 5),
    )
    memos = (
        Memo("m1", "note:n-0", "Om innspillet", "kari", "2025-06-10"),
        Memo("m2", "code:bolig", "Om koden", "per", "2025-06-10T08:30:00"),
        Memo("m3", f"coding:{2:032x}", "Om kodingen", "kari", ""),
        Memo("m4", "project", "Om alt", "kari", "2025-06-10T08:30:00+02:00"),
    )
    return Outgoing("Prøve", notes, CODEBOOK, codings, memos, (("kari", "n-0"), ("per", "n-1")))


@pytest.fixture(scope="session")
def pack() -> Callable[..., Path]:
    """Return a function that writes a .qdpx file of a project and its sources."""

    def write(
        path: Path, project: str | bytes, sources: dict[str, bytes] | None = None, main: str = "project.qde"
    ):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(main, project)
            for name, data in (sources or {}).items():
                archive.writestr(name, data)
        path.write_bytes(stream.getvalue())
        return path

    return write


@pytest.fixture(scope="session")
def project_schema():
    """The REFI-QDA project schema; without it the test is skipped."""
    path = Path(__file__).parents[3] / "shared" / "refi" / "project.xsd"
    if not path.exists():
        pytest.skip("../shared/refi/project.xsd is not here")
    from lxml import etree

    return etree.XMLSchema(etree.parse(path))


@pytest.fixture(scope="session")
def codes_in() -> Callable[..., Incoming]:
    """Return a function that reads the codebook of a file as `kafe codebook import` does."""

    def read(path: Path, within: str = "") -> Incoming:
        return read_codebook(detect(path, as_codebook=True), within=within)

    return read
