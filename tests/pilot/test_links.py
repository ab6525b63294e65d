"""What people read notes as saying to proposals: the file, and what a reading counts as."""

import pytest

from kafe.pilot.links import add_links, read_links, readings
from kafe.pilot.project_data import Pilot
from kafe.pilot.traceability import traceability
from kafe.records import KafeError, Link, Stance

HEADER = "innspill;forslag;holdning;hvem;dato;merknad\n"


def link(note_id: str, stance: str, who: str = "a") -> Link:
    return Link(note_id, "f", Stance(stance), who, "2026-01-01")


def read(tmp_path, text: str):
    path = tmp_path / "lenker.csv"
    path.write_text(HEADER + text, encoding="utf-8")
    return read_links(path, {"n1", "n2"}, {"f"})


def pilot() -> Pilot:
    proposal = {"id": "f", "tekst": "T", "bygger_på": ["a"]}
    return Pilot.model_validate({"elementer": [{"id": "e", "tittel": "E", "forslag": [proposal]}]})


def test_rows_are_readings_and_bad_rows_are_listed_with_number_and_remedy(tmp_path):
    links, problems = read(
        tmp_path,
        "n1;f;Støttar;Kari;01.02.2026;x\nn9;f;imot;Kari;;\nn2;g;imot;Kari;;\nn2;f;kanskje;Kari;;\nn2;f;imot;;;\nn2;f;imot;Ola;;\n",
    )
    assert links == [
        Link("n1", "f", Stance.SUPPORTS, "Kari", "2026-02-01", "x"),
        Link("n2", "f", Stance.AGAINST, "Ola", ""),
    ]
    assert [one.place for one in problems] == [f"rad {number}" for number in (3, 4, 5, 6, 7)]
    assert [one.severity for one in problems] == [*["entry"] * 4, "remark"]
    assert all(one.remedy for one in problems)


def test_a_file_without_a_needed_column_is_refused(tmp_path):
    path = tmp_path / "lenker.csv"
    path.write_text("innspill;forslag\nn1;f\n", encoding="utf-8")
    with pytest.raises(KafeError, match="holdning"):
        read_links(path, {"n1"}, {"f"})
    assert read_links(tmp_path / "ingen.csv", set(), set()) == ([], [])


@pytest.mark.parametrize(
    "start",
    [
        "",
        HEADER,
        HEADER + "n2;f;imot;Ola;2026-01-01;hans egne ord",
        "hvem,innspill,holdning,forslag\nOla,n2,imot,f\n",
    ],
)
def test_rows_are_added_after_what_stands_in_the_file(tmp_path, start):
    path = tmp_path / "lenker.csv"
    if start:
        path.write_text(start, encoding="utf-8")
    add_links(path, [link("n1", "condition")])
    text = path.read_text(encoding="utf-8-sig")
    assert text.startswith(start)
    last = read_links(path, {"n1", "n2"}, {"f"})[0][-1]
    assert (last.note_id, last.stance, last.who) == ("n1", "condition", "a")


def test_a_remark_that_would_be_a_formula_is_kept_as_text(tmp_path):
    path = tmp_path / "lenker.csv"
    add_links(path, [Link("n1", "f", Stance.OTHER, "a", "2026-01-01", "=cmd()")])
    assert "'=cmd()" in path.read_text(encoding="utf-8-sig")


def test_a_note_that_two_read_differently_is_neither_support_nor_against():
    assert readings([link("n1", "supports"), link("n1", "against", "b"), link("n2", "supports")]) == {
        ("n1", "f"): "disputed",
        ("n2", "f"): "supports",
    }


def test_only_notes_that_are_read_as_support_count_as_support(note):
    notes = [note(f"n{i}", "g", str(i), votes=i) for i in range(1, 7)]
    members = [(f"n{i}", "a", "human") for i in range(1, 6)]
    links = [link("n1", "supports"), link("n2", "against"), link("n3", "problem"), link("n6", "supports")]
    [row] = traceability(pilot(), [], members, notes, links=links)
    assert row["supports_ids"] == ["n1", "n6"]
    assert (row["supports"], row["against"], row["votes"], row["tables"]) == (2, 1, 7, 2)
    assert row["unread_ids"] == ["n4", "n5"]


def test_a_theme_with_many_notes_that_nobody_read_has_no_support(note):
    notes = [note(f"n{i}", votes=3) for i in range(26)]
    [row] = traceability(pilot(), [], [(one.id, "a", "human") for one in notes], notes)
    assert (row["supports"], row["votes"], len(row["unread_ids"])) == (0, 0, 26)
