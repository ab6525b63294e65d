"""What searches, tables of codes, saturation and memos show, and what they hide of small groups."""

from pathlib import Path

import pytest

from kafe.flow.project import Project
from kafe.records import KafeError, text_hash
from kafe.views import codes as seeing
from kafe.views import search as finding
from kafe.views.results import Results

CODES = [
    {"id": "hjelp", "name": "Hjelp", "codable": False},
    {"id": "bolig", "name": "Bolig", "parent": "hjelp"},
    {"id": "plan", "name": "Plan", "parent": "hjelp"},
    {"id": "sjelden", "name": "Sjelden"},
]
GROUPS = ["bruker"] * 20 + ["kommune"] * 15 + ["liten"] * 3 + [""] * 2


def note(number: int) -> dict:
    text = "Vi trenger en bustad. Ingen svarer." if number % 2 else "Planen ble aldri fulgt"
    return {
        "id": f"n{number:02}",
        "session": "k1" if number < 30 else "k2",
        "kind": "kafedialog",
        "text": text,
        "group": GROUPS[number],
        "table": str(number % 7),
        "date": "2025-05-01",
        "votes": number % 3,
        "question": "hva",
    }


def coding(number: int, code: str, coder: str = "anna", memo: str = "") -> dict:
    text = note(number)["text"]
    return {
        "id": f"{number}{code}{coder}",
        "note_id": f"n{number:02}",
        "start": 0,
        "end": 10,
        "quote": text[:10],
        "text_hash": text_hash(text),
        "code": code,
        "coder": coder,
        "at": "2025-06-01T10:00:00",
        "memo": memo,
    }


@pytest.fixture(scope="module")
def folder(kit, tmp_path_factory) -> Path:
    root = kit.bare(tmp_path_factory.mktemp("sett"))
    notes = [note(number) for number in range(40)]
    codings = [coding(n, "bolig") for n in range(1, 34, 2)] + [coding(n, "plan") for n in range(0, 34, 2)]
    codings += [coding(2, "sjelden", memo="Nær plan"), coding(36, "sjelden", "berit", memo="Liten gruppe")]
    memos = [
        {"id": "1", "target": "code:plan", "text": "Gjelder bare IP", "author": "anna", "at": "2025-06-03"},
        {"id": "2", "target": "note:n36", "text": "Skjules", "author": "anna", "at": "2025-06-04"},
    ]
    units = [
        {"note_id": one["id"], "start": start, "end": end, "text": one["text"][start:end], "lemmas": []}
        for one in notes
        for start, end in ([(0, 21), (22, len(one["text"]))] if len(one["text"]) > 25 else [(0, 22)])
    ]
    tables = {
        "notes": {
            "notes": notes,
            "sessions": [{"id": k, "title": k.upper(), "questions": {"hva": "Hva?"}} for k in ("k1", "k2")],
        },
        "units": {
            "units": units,
            "lemmas": {one["id"]: ["svare" if "svarer" in one["text"] else "plan"] for one in notes},
            "forms": {"planen": ["plan"], "svarer": ["svare"]},
        },
        "coding": {
            "codes": CODES,
            "codebook": {"title": "", "version": "v"},
            "codings": codings,
            "suggestions": [],
            "replaced": [],
            "finished": [["anna", "n38"]],
            "memos": memos,
            "timeline": [
                {"at": "", "what": "kodeboken registrert med 4 koder", "who": "", "added": []},
                {"at": "2025-06-02T09:00:00", "what": "«a» ble «plan»", "who": "kari", "added": []},
            ],
        },
    }
    for stage, content in tables.items():
        kit.write_tables(root, stage, content)
    return root


@pytest.fixture
def results(folder: Path):
    return lambda query="", **selection: Results(Project(folder), selection, query)


def test_a_search_tells_how_much_it_found_and_quotes_it_with_marks(results) -> None:
    r = results("bolig gruppe:bruker")
    found = finding.find(r)
    assert found.count == 10
    assert "tekst" not in finding.count_words(r, found)
    assert "10 av 40" in finding.count_words(r, found)
    rows = finding.found_rows(r, found, 3)
    assert len(rows) == 3
    assert all(row["text"][slice(*row["marks"][0])] == "bustad" for row in rows)
    html = finding.found_quotes(r, found, 3).html
    assert html.count('<strong class="kafe-hit">bustad</strong>') == 3
    assert "Her vises 3 av dem." in html


@pytest.mark.parametrize(
    "query",
    ["gruppe:liten", "bord:1 gruppe:kommune prikker>=2", "ikke gruppe:liten", 'gruppe:""'],
)
def test_a_search_that_points_at_a_few_of_a_group_shows_nothing(results, query: str) -> None:
    r = results(query)
    found = finding.find(r)
    assert found.count is None
    words = finding.found_words(r, found).text
    assert "under 5 innspill" in words
    assert not any(f" {number} " in words for number in (1, 2, 3, 4, 36, 37, 38, 39))
    assert finding.found_rows(r, found, 20) == []
    assert finding.found_lines(r, found)[1] == []


def test_a_search_within_one_group_follows_the_same_rule(results) -> None:
    assert finding.find(results("kode:sjelden", group="bruker")).count is None
    assert finding.find(results("kode:sjelden")).count == 2
    assert finding.find(results("kode:bolig", group="bruker")).count == 10


def test_notes_of_groups_too_small_to_quote_are_never_shown(results) -> None:
    r = results("kode:sjelden eller kode:bolig")
    found = finding.find(r)
    shown = {row["note_id"] for row in finding.found_rows(r, found, 40)}
    assert not shown & {"n35", "n36", "n37", "n38", "n39"}
    assert not {line.note_id for line in finding.found_lines(r, found)[1]} & {"n35", "n36", "n37", "n39"}
    assert "for små til å siteres" in finding.found_quotes(r, found).text


def test_group_and_table_of_a_quote_are_left_out_where_few_of_the_group_were_found(results) -> None:
    r = results("kode:plan økt:k1 prikker<=1")
    rows = finding.found_rows(r, finding.find(r), 40)
    assert {row["group"] for row in rows} == {"bruker", ""}
    assert all(bool(row["group"]) == bool(row["table"]) for row in rows)


def test_without_a_query_the_code_used_most_is_the_example(results) -> None:
    r = results()
    found = finding.find(r)
    assert found.example
    assert "kode:bolig" in finding.count_words(r, found)
    assert finding.found_lines(r, found)[0] == "svare"
    assert finding.found_quotes(r, found).html.count("<blockquote>") == 6


def test_a_query_that_cannot_be_read_stops_with_where_and_what_to_do(results) -> None:
    with pytest.raises(KafeError, match=r"tegn 7.*koder"):
        finding.find(results("bolig kodr:x"))


def test_context_has_the_word_of_the_query(results) -> None:
    r = results("bolig*")
    word, lines = finding.found_lines(r, finding.find(r))
    assert word == ""
    assert {line.keyword for line in lines} == {"bustad"}
    assert "«" not in finding.found_context(r, finding.find(r)).text.splitlines()[0]


def test_small_cells_of_groups_are_hidden_and_sessions_are_not(results) -> None:
    rows, level = seeing.cross(results(), "group")
    assert level == "kodene som er brukt mest"
    cells = {(row["code"], row["group"]): row for row in rows}
    assert cells["bolig", "bruker"]["notes"] == 10
    assert cells["bolig", "bruker"]["share"] == pytest.approx(0.5)
    few = cells["sjelden", "liten"]
    assert few["notes"] is few["share"] is few["votes"] is None
    sessions, _ = seeing.cross(results(), "session")
    assert {row["label"]: row["notes"] for row in sessions if row["code"] == "sjelden"} == {"K1": 1, "K2": 1}


def test_where_most_cells_would_be_hidden_headings_are_counted_instead(results) -> None:
    r = results(session="k2")
    rows, level = seeing.cross(r, "group")
    assert "overskriftene" in level
    assert "bolig" not in {row["code"] for row in rows}


def test_within_a_group_small_codes_are_hidden_in_the_tree_too(results) -> None:
    whole = {row["code"]: row for row in seeing.tree(results())}
    assert (whole["hjelp"]["own"], whole["hjelp"]["notes"]) == (0, 34)
    assert whole["bolig"]["label"] == "\u2003Bolig"
    part = {row["code"]: row for row in seeing.tree(results(group="bruker"))}
    assert part["sjelden"]["notes"] is part["sjelden"]["codings"] is part["sjelden"]["own"] is None
    assert part["bolig"]["own"] == 10


def test_a_codebook_that_was_finished_beforehand_carries_no_verdict_of_saturation(results) -> None:
    r = results()
    told, _ = seeing.saturate(r)
    words = seeing.saturation_words(r, told).text
    assert "etning" not in words
    assert "Ingen koder er kommet til mens dere kodet" in words


def test_saturation_is_told_in_a_sentence_with_the_rule(results, monkeypatch) -> None:
    r = results()
    used = {coding.code for coding in r.codings}
    monkeypatch.setattr(seeing, "made_while_coding", lambda _: used)
    told, rows = seeing.saturate(r)
    words = seeing.saturation_words(r, told).text
    assert "Good–Turing" in words
    assert "Metning er nådd" in words
    assert "grensen er 5 %" in words
    assert "tilfeldige rekkefølger" in words
    assert rows[0]["label"] == "K1, bord 0"
    assert seeing.saturation_summary(told).startswith("3 ulike koder er brukt etter 12 bord")


def test_memos_of_small_groups_are_left_out_and_the_rest_say_what_they_are_about(results) -> None:
    rows = seeing.memos(results())
    assert [(row["kind"], row["subject"], row["text"]) for row in rows] == [
        ("kode", "Plan", "Gjelder bare IP"),
        ("koding", "Sjelden: Planen ble", "Nær plan"),
    ]
    assert rows[0]["when"] == "03.06.2025"


def test_the_history_of_the_codebook_has_the_latest_first(results) -> None:
    assert seeing.codebook_timeline(results()) == [
        {"when": "02.06.2025", "what": "«a» ble «plan»", "who": "kari"},
        {"when": "fra starten", "what": "kodeboken registrert med 4 koder", "who": ""},
    ]


@pytest.fixture
def bare(kit, tmp_path: Path):
    """Return results without codings or memos, of as many notes as are asked for."""

    def make(count: int) -> Results:
        notes = [note(number) for number in range(count)]
        tables = {
            "notes": {"notes": notes, "sessions": []},
            "units": {"units": [], "lemmas": {}, "forms": {}},
            "coding": {
                "codes": CODES,
                "codebook": {"title": "", "version": "v"},
                **{
                    key: [] for key in ("codings", "replaced", "suggestions", "finished", "memos", "timeline")
                },
            },
        }
        for stage, content in tables.items():
            kit.write_tables(tmp_path, stage, content)
        return Results(Project(kit.bare(tmp_path)), {}, "")

    return make


@pytest.mark.parametrize("count", [0, 1, 12])
def test_where_nothing_is_coded_every_part_says_so_kindly(bare, count: int) -> None:
    r = bare(count)
    found = finding.find(r)
    assert found.query is None
    assert "ingen har kodet ennå" in finding.found_words(r, found).text
    assert finding.found_quotes(r, found).text == "Ingen sitater å vise."
    assert "Ingen ord" in finding.found_context(r, found).text
    told, rows = seeing.saturate(r)
    assert "Ingen har kodet" in seeing.saturation_words(r, told).text
    assert rows == seeing.tree(r) == seeing.memos(r) == seeing.codebook_timeline(r) == []
    assert seeing.saturation_summary(told) == ""
    assert all(
        seeing.cross(r, column)[0] == [] for column in ("group", "session", "question", "municipality")
    )


def test_a_code_searched_for_before_anyone_has_coded_points_to_the_rules(bare) -> None:
    r = bare(3)
    r.query = "kode:bolig"
    assert "av regel" in finding.found_words(r, finding.find(r)).text
