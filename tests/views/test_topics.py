"""What notebook 04 shows of free topics: honest words, small groups kept hidden, a slider only where it can move."""

import json
from dataclasses import asdict
from functools import cache

import pytest

from kafe.flow.notebooks import READS
from kafe.flow.project import Project
from kafe.flow.stages.topic_breakdown import breakdown
from kafe.flow.stages.topic_tables import free_tables, sessions_compared
from kafe.records import Note
from kafe.settings import PrivacySettings
from kafe.topics import TopicInput, TopicOptions, free_topics
from kafe.views import themes
from kafe.views import topics as views
from kafe.views import topics_and_codes as meetings
from kafe.views.results import Results

WORDS = {
    "bolig": "bolig leie hybel husleie flytting leilighet",
    "skole": "skole lærer elev rektor klasse lekse",
    "transport": "buss taxi ferge sjåfør billett rutetid",
}


def notes(count: int) -> list[Note]:
    """Return notes on three themes from two sessions and two groups, the second too small to be quoted."""
    found = []
    for row in range(count):
        words = list(WORDS.values())[row % 3].split()
        text = (
            " ".join(words[(row // 3 + step) % len(words)] for step in range(4))
            + f" {'abcdefghij'[row % 10]}x"
        )
        found.append(
            Note(
                id=f"n-{row:03}",
                session="s2" if row % 2 else "s1",
                kind="kafedialog",
                text=text,
                date="2025-06-12" if row % 2 else "2025-05-06",
                table="1",
                question="hva",
                group="fastlege" if row in (0, 1) else "bruker",
                language="nb",
            )
        )
    return found


@cache
def topics_of(count: int) -> tuple[dict, dict]:
    """Return the tables of the free topics of so many notes, and the two sessions compared."""
    given = notes(count)
    lemmas = {note.id: note.text.split() for note in given}
    columns = TopicInput.of(given, lemmas, {})
    free = free_topics(columns, options=TopicOptions(n_topics=3, seed=1))
    return free_tables(free, columns), sessions_compared(given, lemmas, {}, free)


@pytest.fixture
def results(tmp_path, monkeypatch, kit):
    """Return a function that gives the results of a project with so many notes, stored as the stages do."""

    def of(count: int, **selection: str) -> Results:
        monkeypatch.setenv(READS, "notes,topics,coding,pilot")
        (tmp_path / "kafe.toml").write_text('[project]\nid = "p"\ntitle = "P"\n', encoding="utf-8")
        project, given = Project(tmp_path), notes(count)
        rows = [asdict(note) for note in given]
        sessions = [{"id": s, "title": f"Møte {s}", "questions": {"hva": "Hva?"}} for s in ("s1", "s2")]
        kit.write_tables(tmp_path, "notes", {"notes": rows, "sessions": sessions, "withdrawn": []})
        kit.write_tables(tmp_path, "units", {"lemmas": {n.id: n.text.split() for n in given}, "surface": {}})
        tables, compared = topics_of(count)
        kit.write_tables(tmp_path, "topics", {**tables, "rest": tables, "compared": compared})
        code = {"id": "bolig", "name": "Bolig", "definition": "Hjem"}
        kit.write_tables(
            tmp_path,
            "coding",
            {
                "codes": [code],
                "codebook": {"version": "1", "title": "K"},
                "finished": [["a", note.id] for note in given],
            },
        )
        members = [[n.id, "bolig", "human"] for n in given if "hybel" in n.text or "bolig" in n.text]
        members += [[row["note_id"], f"topic-{row['topic']}", "topic"] for row in tables["assignments"]]
        kit.write_tables(tmp_path, "pilot", {"memberships": members})
        return Results(project, selection)

    return of


def test_the_map_shows_words_of_notes_that_may_be_quoted_and_of_no_others(results):
    r = results(60)
    drawn = json.dumps(views.free_topic_map(r, "Kart").payload()["plotly"], ensure_ascii=False)
    assert r.by_id["n-010"].text in drawn
    assert r.by_id["n-000"].text not in drawn
    assert r.by_id["n-001"].text not in drawn


def test_too_few_notes_give_one_sentence_and_nothing_to_explain(results):
    r = results(9)
    assert not views.has_topics(r)
    assert "For få innspill til å finne emner" in views.about_free(r).text
    assert "Stabilitet" not in views.about_free(r).text
    assert views.part(r, "map") is None
    assert meetings.two_meetings(r) is views.slider(r) is views.free_topic_map(r, "Kart") is None


def test_too_few_notes_are_read_together_where_they_are_alike(results):
    r = results(9)
    block = views.similar_notes(r)
    alike = {note for group in r.tables.topics.alike for note in group}
    assert "så få innspill kan ikke vise om de er et emne" in block.text
    assert {n for n in alike if r.by_id[n].group == "bruker" and r.by_id[n].text in block.text}
    assert not [n for n in alike if r.by_id[n].group == "fastlege" and r.by_id[n].text in block.text]
    assert views.similar_notes(results(60)) is None


def test_a_clear_division_with_unstable_topics_says_both(results):
    r = results(60)
    tables = r.tables.topics
    tables.about |= {"status": "clear", "warnings": ["far"], "far_share": 0.4, "equally_good": [3, 4]}
    tables.topics[0]["unstable"] = True
    for topic in tables.topics[1:]:
        topic["unstable"] = False
    text = views.about_free(r).text
    assert "1 av dem er likevel ustabile" in text
    assert "Mellom 3 og 4 emner" in text.splitlines()[0]
    assert "Bygg" not in text and "Det sier ikke at de andre er temaer" in text
    assert "40 % av innspillene ligger langt" in text
    assert [row["state"] for row in views.topic_rows(r)] == ["ustabilt", "stabilt", "stabilt"]
    assert tables.topics[0]["name"] not in views.stable_quotes(r).text


def test_topics_that_are_hardly_found_again_are_a_pattern_and_not_called_stable(results):
    r = results(60)
    r.tables.topics.about |= {"status": "clear"}
    for topic in r.tables.topics.topics:
        topic |= {"unstable": False, "pattern": True}
    assert {row["state"] for row in views.topic_rows(r)} == {"mønster"}


def test_a_topic_is_named_by_a_note_that_may_be_quoted_and_keeps_the_name_people_gave(results):
    r = results(60)
    small = {note.id for note in r.by_id.values() if note.group == "fastlege"}
    topic = r.tables.topics.topics[0]
    topic["notes"] = [*sorted(small), "n-010"]
    assert views.topics_of(r)[0]["name"] == f"– {r.by_id['n-010'].text}"
    topic["notes"] = sorted(small)
    assert views.topics_of(r)[0]["name"] == topic["name"]
    topic |= {"notes": ["n-010"], "given": "Hjem", "name": "Hjem"}
    assert views.topics_of(r)[0]["name"] == "Hjem"


def test_themes_are_not_counted_before_people_coded_and_chance_is_said_of_anchors(results, kit):
    r = results(60)
    assert "0 av" not in themes.about_counts(r).text and "Av 60 innspill er 60" in themes.about_counts(r).text
    about = {"threshold": 0.31, "margin": 0.25, "calibrated": True, "by_chance": 0.48}
    kit.write_tables(r.project.root, "topics", {**topics_of(60)[0], "anchored_about": about})
    kit.write_tables(r.project.root, "pilot", {"memberships": [["n-010", "bolig", "anchor"]]})
    bare = Results(r.project, {})
    assert "telles og rangeres ikke" in themes.about_counts(bare).text
    assert "0,31; 48 % av innspill med tilfeldig blandede ord" in themes.about_anchored(bare).text
    kit.write_tables(
        r.project.root, "topics", {**topics_of(60)[0], "anchored_about": {**about, "by_chance": None}}
    )
    assert "%" not in themes.about_anchored(Results(r.project, {})).text


def test_small_groups_are_hidden_by_topic_and_sessions_are_not(results):
    r = results(60)
    by_group = views.by_field(r, "group")
    assert {row["value"] for row in by_group} == {"bruker", "fastlege"}
    assert not {1, 2, 3, 4} & {row["notes"] for row in by_group}
    by_session = views.by_field(r, "session")
    assert {row["label"] for row in by_session} == {"Møte s1", "Møte s2"}
    far = sum(row["far"] for row in r.tables.topics.assignments)
    assert sum(row["notes"] for row in by_session) == 60 - far
    with pytest.raises(ValueError, match="not among"):
        views.by_field(r, "municipality")


def test_a_field_in_which_all_notes_are_alike_gives_no_map(results):
    r = results(60)
    assert views.by_field_map(r, "session", "Økt").data.headers == ("Emne", "Møte s1", "Møte s2")
    assert views.by_field_map(r, "question", "Spørsmål") is None
    assert views.by_field_map(r, "round", "Runde") is None


def test_the_tables_of_a_run_hide_what_would_tell_a_small_count():
    given = notes(60)
    found = breakdown(given, topics_of(60)[0], PrivacySettings())
    assert set(found) == {"group", "session", "question", "round", "date"}
    few = [row for row in found["group"] if row["value"] == "fastlege"]
    assert few and all(row["notes"] is None or row["notes"] == 0 for row in few)
    assert all(row["share"] is None and row["lift"] is None for row in few if row["notes"] is None)
    assert {row["value"] for row in found["date"]} == {"2025-05-06", "2025-06-12"}
    assert found["round"] == []


def test_over_time_takes_the_days_while_they_are_few(results):
    headers = views.by_date(results(60), "Tid").data.headers
    assert headers == ("Emne", "06.05.2025", "12.06.2025")


def test_topics_without_a_code_are_named_with_quotes(results):
    r = results(60)
    assert "Ingen av innspillene i emnet er kodet." in meetings.uncovered(r).text
    assert meetings.topics_by_code(r, "T").data.headers == ("Emne", "Bolig")
    assert "bolig" not in [line.split(",")[0] for line in meetings.uncovered(r).text.splitlines()[:1]]


def test_topics_of_one_session_say_that_it_takes_two_to_compare(results, kit):
    r = results(60)
    kit.write_tables(r.project.root, "topics", {"compared": {}})
    assert meetings.two_meetings(r).text.startswith("Det trengs to økter")


def test_two_meetings_stand_side_by_side_the_earlier_first(results):
    block = meetings.two_meetings(results(60))
    assert block.headers[1:3] == ("Møte s1", "Møte s2")
    assert len(block.cells) == 3


def test_the_slider_regroups_when_it_is_moved_and_only_outside_reports(results, monkeypatch):
    r = results(60)
    assert views.slider(r).text.startswith("Åpne denne notatboken")
    monkeypatch.delenv(READS)
    number, nested, shown = views.slider(r).children
    assert number.value == 3
    before = shown.value
    number.value = 5
    assert shown.value != before
    assert "Innspillene delt i 5 emner" in shown.value
    assert "NPMI" in shown.value
    nested.value = True
    assert "Innspillene delt i 5 emner" in shown.value
    assert r.by_id["n-000"].text not in shown.value
