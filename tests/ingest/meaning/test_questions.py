"""Which question a cell asks."""

import pytest


@pytest.mark.parametrize(
    ("cell", "question"),
    [
        ("2", "hvem"),
        ("2.0", "hvem"),
        ("Spørsmål 3", "hva"),
        ("tiltak", "tiltak"),
        ("4. Hvilke tiltak skal settes igang", "tiltak"),
        ("Kva kjenneteiknar ein innbyggjar i raud kategori?", "kjennetegn"),
        ("Hva kjennetegner en innbygger", "kjennetegn"),
        ("Noe helt annet", "noe-helt-annet"),
    ],
)
def test_a_question_is_found_by_id_number_or_wording(project, cell: str, question: str) -> None:
    project.put("liste.csv", project.csv_bytes([["Spørsmål", "Innspill"], [cell, "x"]]))
    (note,) = project.notes()
    assert note.question == question
