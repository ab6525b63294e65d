"""The account of columns as warnings, and as lines that session.toml gets."""

import pytest

from kafe.ingest import suggest
from kafe.ingest.session import FILE
from kafe.records import KafeError

ROWS = [["Avdeling", "Hva er viktigst for deg?", "Alder"]] + [
    [("Nord", "Sør", "Vest")[at % 3], f"Dette er svar nummer {at} med egne ord", f"{20 + at}-{29 + at}"]
    for at in range(9)
]


def form(project, toml: str = 'title = "x"  # mitt\nkind = "fritekst"\n'):
    project.session("skjema", toml=toml)
    project.put("svar.csv", project.csv_bytes(ROWS), session="skjema")
    return project.read()


def test_notes_without_a_group_are_a_warning_that_names_the_line_to_write(project) -> None:
    (warning,) = suggest.gaps(form(project))
    assert (warning.file, "9 av 9" in warning.message) == ("skjema/session.toml", True)
    assert '"Avdeling" = "group"' in warning.remedy


def test_no_warning_where_most_notes_have_a_group(project) -> None:
    found = form(project, 'title = "x"\nkind = "fritekst"\ngroup = "bruker"\n')
    assert suggest.gaps(found) == ()
    found = form(project, 'title = "x"\nkind = "fritekst"\n[columns]\n"Avdeling" = "group"\n')
    assert suggest.gaps(found) == ()


def test_few_notes_and_documents_get_no_warning(project) -> None:
    project.put("svar.csv", "Hva er viktigst for deg?\nTid til å snakke\n", session="skjema", kind="fritekst")
    project.put(
        "rapport.txt",
        "En hel setning om saken. " * 3 + "\n\n" + "Enda en setning her.\n" * 6,
        "d",
        "dokument",
    )
    assert suggest.gaps(project.read()) == ()


def test_lines_are_added_to_the_columns_that_stand_there_and_nothing_is_overwritten(project) -> None:
    toml = '# om oss\ntitle = "x"  # mitt\nkind = "fritekst"\n[columns]\n# våre\n"Alder" = "ignore"\n\n[questions]\na = "b"\n'
    found = form(project, toml)
    (session,) = found.sessions
    new = suggest.lines(session, found.columns)
    assert [line.split("  #")[0] for line in new] == ['"Avdeling" = "group"']
    assert suggest.write(project.raw, session, new)
    path = project.raw / "skjema" / FILE
    assert path.read_text(encoding="utf-8") == toml.replace('"ignore"\n', '"ignore"\n"Avdeling" = "group"\n')
    again = project.read()
    assert {note.group for note in again.notes} == {"nord", "sør", "vest"}
    assert suggest.lines(again.sessions[0], again.columns) == []


def test_an_unread_column_is_suggested_as_a_comment_that_changes_nothing(project) -> None:
    found = form(project, 'title = "x"\nkind = "fritekst"\n[columns]\n"Avdeling" = "group"\n')
    new = suggest.lines(found.sessions[0], found.columns)
    assert len(new) == 1 and new[0].startswith('# "Alder" = "group"  # ')
    assert suggest.write(project.raw, found.sessions[0], new)
    assert not suggest.write(project.raw, found.sessions[0], new)
    assert project.read().notes == found.notes


def test_a_file_that_is_not_toml_is_left_as_it_is(project) -> None:
    broken = 'title = "x\nkind = "fritekst"\n'
    found = form(project, broken)
    with pytest.raises(KafeError):
        suggest.write(project.raw, found.sessions[0], suggest.lines(found.sessions[0], found.columns))
    assert (project.raw / "skjema" / FILE).read_text(encoding="utf-8") == broken


def test_a_header_with_quotes_is_a_key_that_toml_reads_back(project) -> None:
    rows = [['Avdeling "A"\\B', *ROWS[0][1:]], *ROWS[1:]]
    project.session("skjema", toml='title = "x"\nkind = "fritekst"\n[columns]\n"Alder" = "ignore"\n')
    project.put("svar.csv", project.csv_bytes(rows), session="skjema")
    found = project.read()
    assert suggest.write(project.raw, found.sessions[0], suggest.lines(found.sessions[0], found.columns))
    assert {note.group for note in project.notes()} == {"nord", "sør", "vest"}
