"""What the columns of a table hold: a list or a form export, and what is left out."""


def test_personal_columns_are_named_but_never_read(project) -> None:
    project.put(
        "liste.csv",
        project.csv_bytes([["Navn", "E-post", "Innspill"], ["Kari Canari", "k@eksempel.no", "bolig"]]),
    )
    found = project.read()
    assert "Canari" not in repr(found) and "eksempel.no" not in repr(found)
    assert [(column.header, column.read_as) for column in found.columns] == [
        ("Navn", "personal"),
        ("E-post", "personal"),
        ("Innspill", "text"),
    ]


def test_columns_of_session_toml_go_before_the_known_words(project) -> None:
    toml = 'title="x"\nkind="kafedialog"\n[columns]\n"Hva sa bordet" = "text"\n"Kommentar" = "ignore"\n'
    project.session(toml=toml)
    project.put("liste.csv", "Kommentar;Hva sa bordet\nhemmelig;bolig\n")
    assert [note.text for note in project.notes()] == ["bolig"]


def test_forms_export_has_a_question_a_column(project) -> None:
    rows = [
        ["ID", "Start time", "Completion time", "Email", "Name", "1. Hvem kan avgjøre at noen er i rød kategori",
         "Hva er viktigst for deg?", "Rolle", "Kommune"],
        ["1", "2025-05-08 10:00", "2025-05-08 10:05", "a@b.no", "Ola", "Fastlegen", "", "Pårørande", "TIME"],
        ["2", "", "", "", "", "", "Tid", "bruker", ""],
        ["3", "", "", "", "", "", "", "", "Time"],
    ]  # fmt: skip
    project.put("svar.csv", project.csv_bytes(rows))
    found = project.read()
    first, second = found.notes
    assert (first.question, first.date, first.group, first.municipality) == (
        "hvem",
        "2025-05-08",
        "pårørende",
        "Time",
    )
    assert (second.question, second.text, second.date) == ("hva-er-viktigst-for-deg", "Tid", "2025-05-06")
    assert found.sessions[0].questions["hva-er-viktigst-for-deg"] == "Hva er viktigst for deg?"
    assert (found.files[0].rows, found.files[0].skipped, found.skipped[0].place) == (3, 1, "rad 4")
    assert first.source_place == "rad 2, kolonne F"


def test_a_table_column_beside_question_columns_still_makes_a_form_export(project) -> None:
    project.put("svar.csv", "Bord;Hva mener dere?;Noe å legge til\n1;ja;\n2;;takk\n")
    assert [(note.table, note.question, note.text) for note in project.notes()] == [
        ("1", "hva-mener-dere", "ja"),
        ("2", "noe-a-legge-til", "takk"),
    ]


def test_without_a_text_header_the_fullest_column_of_a_list_is_the_text(project) -> None:
    project.put("liste.csv", "Bord;Hva sa bordet;Kode\n1;en hel setning;a\n2;enda en setning;b\n")
    found = project.read()
    assert [note.text for note in found.notes] == ["en hel setning", "enda en setning"]
    kode = found.columns[2]
    assert (kode.header, kode.column, kode.read_as, kode.by, kode.filled) == (
        "Kode",
        "C",
        "unknown",
        "none",
        2,
    )


def test_nettskjema_export_sets_its_own_columns_aside(project) -> None:
    rows = [
        ["$submission_id", "$created", "$answer_time_ms", "Hva skal skje når noen er i rød kategori?"],
        ["9", "2025-05-09T12:00:00", "100", "Ring teamet"],
    ]
    project.put("svar.csv", project.csv_bytes(rows))
    (note,) = project.notes()
    assert (note.question, note.date, note.text) == ("hva", "2025-05-09", "Ring teamet")
