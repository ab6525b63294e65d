"""Votes and dates as people write them."""

import pytest


@pytest.mark.parametrize(
    ("cell", "votes"),
    [
        ("3", 3),
        ("3,0", 3),
        ("3.0", 3),
        ("", 0),
        ("-", 0),
        ("+++", 3),
        ("●● ●", 3),
        ("2 røyster", 2),
        ("x4", 4),
    ],
)
def test_votes_are_read_as_people_write_them(project, cell: str, votes: int) -> None:
    project.put("liste.csv", project.csv_bytes([["Innspill", "Stemmer"], ["bolig", cell]]))
    assert project.notes()[0].votes == votes


def test_votes_that_are_no_number_are_a_problem_at_their_cell(project) -> None:
    project.put("liste.csv", project.csv_bytes([["Innspill", "Stemmer"], ["bolig", "mange, tror jeg"]]))
    found = project.read()
    assert (found.notes[0].votes, found.problems[0].place) == (0, "rad 2, kolonne B")


@pytest.mark.parametrize(
    ("cell", "date"),
    [("06.05.2025", "2025-05-06"), ("6.5.25", "2025-05-06"), ("2025-05-06 10:31", "2025-05-06"),
     ("6. mai 2025", "2025-05-06"), ("45783", "2025-05-06"), ("31.02.2025", ""), ("i går", "")],
)  # fmt: skip
def test_dates_become_iso(cell: str, date: str) -> None:
    from kafe.ingest.meaning.values import as_date

    assert as_date(cell) == date
