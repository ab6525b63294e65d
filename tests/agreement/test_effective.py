"""After a consensus, tables and the pilot count what was agreed, and the reports say so."""

from dataclasses import replace
from pathlib import Path

import pytest

from kafe.agreement.consensus import Settlement, compare_codings
from kafe.flow.project import Project
from kafe.flow.run import bring_up_to_date
from kafe.origins import CONSENSUS_CODER
from kafe.store.store import open_store
from kafe.views import codes as seeing
from kafe.views import search as finding
from kafe.views.agreement import counted_words, people
from kafe.views.results import Results

AT = "2026-05-01T00:00:00"


@pytest.fixture
def settled(staged: Path) -> Results:
    """anna put one code on a note and berit another; they agreed to keep hers and to drop the other's."""
    project = Project(staged)
    with open_store(project.paths, project.settings) as store:
        notes = {note.id: note for note in store.notes()}
        for row in compare_codings(store.codings(), ["anna", "berit"], history=store.history()):
            outcome = "agree" if row.coders == ("anna",) else "drop"
            events = row.settle(Settlement(outcome, "anna, berit"), notes[row.note_id])
            store.append_codings(replace(event, id=f"{row.code}-1", at=AT) for event in events)
    assert "coding" in bring_up_to_date(project)
    return Results(project, {})


def test_tables_and_the_pilot_count_what_was_agreed(settled: Results) -> None:
    assert {one.code for one in settled.codings} == {"samarbeid", "bolig"}
    assert [(one.coder, one.code) for one in settled.counting] == [(CONSENSUS_CODER, "samarbeid")]
    assert {row["code"] for row in seeing.used(seeing.cross(settled, "question")[0])} == {"samarbeid"}
    human = {one.theme_id for one in settled.memberships if one.origin == "human"}
    assert human == {"samarbeid"}
    assert people(settled.codings) == {"anna", "berit"}


def test_a_search_for_a_code_follows_the_consensus_and_one_by_a_coder_does_not(settled: Results) -> None:
    def count(query: str) -> int | None:
        return finding.find(Results(settled.project, {}, query)).count

    assert (count("kode:bolig"), count("kode:bolig av berit")) == (0, 1)
    assert count("kode:samarbeid") == count("kode:samarbeid av konsensus") == 1


def test_reports_say_on_how_many_notes_and_show_no_memo_that_only_names_who_agreed(settled: Results) -> None:
    words = counted_words(settled)
    assert words is not None
    assert "I ett innspill" in words.text
    assert seeing.memos(settled) == []


def test_without_a_consensus_everyone_counts_and_nothing_is_said(staged: Path) -> None:
    r = Results(Project(staged), {})
    assert r.counting == r.codings
    assert counted_words(r) is None
