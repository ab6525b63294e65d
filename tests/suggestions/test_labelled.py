"""Tables for `kafe suggestions evaluate`: what is wrong is said with file, row and column."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kafe.cli import app
from kafe.records import KafeError
from kafe.suggestions import read_labelled, read_sizes

CODES = "code,definition\nbolig,Et sted å bo\nmat,Noe å spise\n"
NOTES = "text,theme\nMangler leilighet,bolig\nIngen middag,mat\nDyr husleie,bolig\nSulten,mat;bolig\nTakk,\n"


def files(folder: Path, notes: str = NOTES, codes: str = CODES) -> tuple[Path, Path]:
    (folder / "notes.csv").write_text(notes, encoding="utf-8")
    (folder / "codes.csv").write_text(codes, encoding="utf-8")
    return folder / "notes.csv", folder / "codes.csv"


def test_labels_are_one_code_several_or_none(tmp_path: Path) -> None:
    notes, codes = files(tmp_path)
    found = read_labelled(notes, "text", "theme", codes)
    assert found.labels[3:] == (frozenset({"mat", "bolig"}), frozenset())


@pytest.mark.parametrize(
    ("notes", "codes", "told"),
    [
        (NOTES.replace(",mat\nDyr", ",feil\nDyr"), CODES, ("notes.csv", "rad 3", "theme", "feil")),
        (NOTES.replace("theme", "tema"), CODES, ("notes.csv", "rad 1", "theme")),
        (NOTES, CODES + "bolig,Hus\n", ("codes.csv", "rad 4", "code", "rad 2")),
        (NOTES, CODES + ",Hus\n", ("codes.csv", "rad 4", "code")),
        (NOTES, "code,definition\n", ("codes.csv", "ingen koder")),
        ("text,theme\nHei,mat\n", CODES, ("notes.csv", "1 innspill")),
    ],
)
def test_a_fault_is_told_with_its_place(
    tmp_path: Path, notes: str, codes: str, told: tuple[str, ...]
) -> None:
    one, other = files(tmp_path, notes, codes)
    with pytest.raises(KafeError) as error:
        read_labelled(one, "text", "theme", other)
    assert all(word in str(error.value) for word in told)
    assert error.value.remedy


@pytest.mark.parametrize("text", ["", "ti", "10,", "-1", "1.5"])
def test_sizes_that_are_not_numbers_are_told(text: str) -> None:
    with pytest.raises(KafeError, match="antall innspill"):
        read_sizes(text)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(KafeError, match="Fant ikke"):
        read_labelled(tmp_path / "no.csv", "text", "theme", tmp_path / "no.csv")


def test_the_command_prints_figures_for_each_size(tmp_path: Path) -> None:
    notes, codes = (str(path) for path in files(tmp_path))
    asked = [
        "suggestions",
        "evaluate",
        notes,
        "--label",
        "theme",
        "--codes",
        codes,
        "--sizes",
        "0,2",
        "--draws",
        "2",
    ]
    done = CliRunner().invoke(app, [*asked, "--json"])
    told = json.loads(done.stdout)
    assert [point["size"] for point in told["sizes"]] == [0, 2]
    assert {"top1", "precision", "recall", "suggestions_per_note"} <= told["sizes"][0].keys()
    plain = CliRunner().invoke(app, asked)
    assert plain.exit_code == 0
    assert "riktig først" in plain.stdout
