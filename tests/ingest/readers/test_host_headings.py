"""Where in a host's file a note stands, by the headings above it."""


def test_the_file_name_gives_the_table_when_no_heading_does(project) -> None:
    project.put("bord-7.md", "- bolig\n")
    project.put("notat.md", "Bord 2\n\n- jobb\n")
    assert {note.text: note.table for note in project.notes()} == {"bolig": "7", "jobb": "2"}


def test_a_title_above_the_first_heading_is_not_a_note(project) -> None:
    project.put("notat.txt", "Kafedialog i mai\nBord: 1\nRunde: 2\n\nbolig\n")
    found = project.read()
    assert [(note.text, note.table, note.round) for note in found.notes] == [("bolig", "1", "2")]
    assert [entry.place for entry in found.skipped] == ["linje 1", "linje 2", "linje 3"]


def test_tables_under_rounds_and_questions_keep_what_stands_above_them(project) -> None:
    project.put("a.md", "# Runde 1\n## Bord 1\n- a\n## Bord 2\n- b\n# Runde 2\n## Bord 1\n- c\n")
    assert [(n.text, n.round, n.table) for n in project.notes()] == [
        ("a", "1", "1"),
        ("b", "1", "2"),
        ("c", "2", "1"),
    ]


def test_a_colon_line_and_a_bold_line_head_what_follows(project) -> None:
    project.put(
        "bord-1.md", "**Hvilke tiltak skal settes i gang:**\n- bolig\n\nParkeringsplass:\n- kantine\n"
    )
    found = project.read()
    assert [(note.text, note.question) for note in found.notes] == [
        ("bolig", "tiltak"),
        ("kantine", "tiltak"),
    ]
    assert [entry.reason for entry in found.skipped] == ["overskrift", "overskrift"]


def test_an_unknown_question_heading_becomes_a_question_of_the_session(project) -> None:
    project.put("bord-1.md", "## Spørsmål 9: Hva mangler i dag?\n- tid\n")
    found = project.read()
    assert found.notes[0].question == "hva-mangler-i-dag"
    assert found.sessions[0].questions["hva-mangler-i-dag"] == "Hva mangler i dag?"


def test_a_first_line_of_asterisks_above_a_heading_does_not_stop_the_file(project) -> None:
    project.put("bord-2.md", "**\n# Bord 3\n- Trygg bolig først\n")
    notes = project.notes()
    assert [(note.text, note.table) for note in notes if note.table == "3"] == [("Trygg bolig først", "3")]
