"""Ids follow session and content, whatever the file is called and however it is sorted or saved."""

import csv
import io
import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from kafe.ingest.project import read_project

ROWS = [
    ["1", "1", "Trygg bolig"],
    ["2", "1", "Noen å snakke med"],
    ["1", "2", "Fastlegen"],
    ["1", "1", "Trygg bolig"],
]
HEADER = ["Bord", "Spørsmål", "Innspill"]


def ids(project) -> list[str]:
    return sorted(note.id for note in project.notes())


def test_ids_are_the_same_after_renaming_resorting_and_saving_in_another_format(project) -> None:
    path = project.put("a.csv", project.csv_bytes([HEADER, *ROWS]))
    first = ids(project)
    path.unlink()
    path = project.put("omdøpt.tsv", project.csv_bytes([HEADER, *reversed(ROWS)], "utf-16", "\t"))
    assert ids(project) == first
    path.unlink()
    book = Workbook()
    for row in (HEADER, *ROWS[2:], *ROWS[:2]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    path = project.put("bord.xlsx", out.getvalue())
    assert ids(project) == first
    path.unlink()
    project.put(
        "x.md",
        "# Bord 1\n## Spørsmål 1\n- Trygg bolig\n- Trygg bolig (2 prikker)\n## Spørsmål 2\n- Fastlegen\n",
    )
    project.put("y.txt", "Bord 2\nSpørsmål 1\nNoen å snakke med\n")
    assert ids(project) == first
    assert all(len(note_id) == 14 and note_id.startswith("n-") for note_id in first)


def test_identical_notes_get_the_same_ids_whichever_file_is_read_first(project) -> None:
    one = project.csv_bytes([["Innspill", "Stemmer"], ["bolig", 1]])
    two = project.csv_bytes([["Innspill", "Stemmer"], ["bolig", 2]])
    a, b = project.put("a.csv", one), project.put("b.csv", two)
    votes = {note.id: note.votes for note in project.notes()}
    a.unlink(), b.unlink()
    project.put("a.csv", two), project.put("b.csv", one)
    assert {note.id: note.votes for note in project.notes()} == votes


def test_exact_duplicates_are_reported_and_kept(project) -> None:
    project.put("a.csv", project.csv_bytes([HEADER, *ROWS, ["7", "3", "Fastlegen"]]))
    found = project.read()
    by_id = {note.id: note.text for note in found.notes}
    assert len(found.notes) == 5
    assert sorted(tuple(by_id[i] for i in group) for group in found.duplicates) == [
        ("Fastlegen", "Fastlegen"),
        ("Trygg bolig", "Trygg bolig"),
    ]


TEXT = st.text(
    st.characters(codec="cp1252", exclude_categories=("Cc", "Cs"))
    | st.sampled_from('\n\t";,|= ')
    | st.sampled_from("æøåÆØÅ"),
    min_size=1,
    max_size=60,
).filter(lambda text: any(char.isalpha() and char.isascii() for char in text))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(TEXT, min_size=1, max_size=8),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    delimiter=st.sampled_from(";,\t|"),
    wide=st.booleans(),
)
def test_any_text_written_as_csv_comes_back_normalised(
    tmp_path_factory, texts, encoding, delimiter, wide
) -> None:
    folder = tmp_path_factory.mktemp("raw")
    (folder / "s").mkdir()
    (folder / "s" / "session.toml").write_text('title = "x"\nkind = "fritekst"\n')
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["Bord", "Innspill"] if wide else ["Innspill"])
    writer.writerows([["1", text] if wide else [text] for text in texts])
    (folder / "s" / "a.csv").write_bytes(out.getvalue().encode(encoding))
    found = read_project(folder)
    expected = [
        unicodedata.normalize("NFC", text.replace("\xa0", " ").replace("\xad", "")).strip() for text in texts
    ]
    header = {"Innspill", "innspill"}
    assert [note.text for note in found.notes] == [text for text in expected if text and text not in header]
    assert found.files[0].rows == found.files[0].notes + found.files[0].skipped
