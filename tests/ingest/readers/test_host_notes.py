"""Table hosts' notes in TXT, MD and DOCX."""


def test_headings_bullets_and_votes_of_a_markdown_file(project) -> None:
    project.put(
        "notat.md",
        "# Kafedialog\n## Bord 3 – runde 2\nBordvert: Kari Canari\nGruppe: pårørande\nKommune: Time\n\n"
        "### Spørsmål 1: Hva kjennetegner\n\n- Mange kriser (3 prikker)\n  - legevakt\n  - politi x2\n"
        "* trygg bolig +++\n1. linjetjenesten må\nstyrkes\n\nEt avsnitt.\n\n## Bord 4\n- uten spørsmål\n",
    )
    found = project.read()
    notes = found.notes
    assert [(note.text, note.votes) for note in notes] == [
        ("Mange kriser\n- legevakt\n- politi", 5),
        ("trygg bolig", 3),
        ("1. linjetjenesten må styrkes", 0),
        ("Et avsnitt.", 0),
        ("uten spørsmål", 0),
    ]
    assert {(n.table, n.round, n.question, n.group, n.municipality) for n in notes[:4]} == {
        ("3", "2", "kjennetegn", "pårørende", "Time")
    }
    assert (notes[4].table, notes[4].round, notes[4].question, notes[4].group) == ("4", "", "", "")
    assert notes[0].source_place == "linje 9"
    assert "Canari" not in repr(found)
    assert "navn på bordvert eller deltakere" in [entry.reason for entry in found.skipped]
    assert found.problems == ()


def test_plain_text_lines_are_notes_and_wrapped_lines_are_one(project) -> None:
    project.put(
        "bord.txt",
        "BORD NR. 5\nSpørsmål 2\n\nfastlegen\n-uten mellomrom\n☐ avkryssing\na) bokstav\n"
        "Dette er en lang linje som tekstprogrammet har brutt der det var slutt på\nbredden, midt i en setning.\n"
        "Hva skal skje når noen er i rød kategori?\n• Kommune: må bidra\n",
    )
    notes = project.notes()
    assert [note.text for note in notes] == [
        "fastlegen",
        "uten mellomrom",
        "avkryssing",
        "bokstav",
        "Dette er en lang linje som tekstprogrammet har brutt der det var slutt på bredden, midt i en setning.",
        "Kommune: må bidra",
    ]
    assert [note.question for note in notes] == ["hvem"] * 5 + ["hva"]
    assert {note.table for note in notes} == {"5"}


def test_a_markdown_table_is_read_by_its_headers(project) -> None:
    project.put("bord-2.md", "| Innspill | Stemmer |\n|---|---:|\n| bolig | 3 |\n")
    (note,) = project.notes()
    assert (note.text, note.votes, note.table) == ("bolig", 3, "2")
