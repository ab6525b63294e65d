"""A coder's session without a browser: every act is an event, undone by events, and told in words."""

import re
from dataclasses import replace
from itertools import count, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafe.messages import section
from kafe.records import Code, Codebook, Coding, KafeError, Note, Suggestion, text_hash
from kafe.store.store import Store
from kafe.workbench import Explanation, workbench
from kafe.workbench.command_session import coder_name
from kafe.workbench.material import Material, by_note, in_reading_order
from kafe.workbench.note_filter import Progress, Query, fold, select
from kafe.workbench.scripts import PARTS, script
from kafe.workbench.session import Session

TEXT = "Blå 👩‍👩‍👧 ærlig samarbeid på øya. Mangler bolig."
OTHER = "Noko heilt anna"
CODES = (
    Code("rød", "Rød", codable=False),
    Code("bolig", "Bolig", parent="rød"),
    Code("samarbeid", "Samarbeid"),
    Code("gammel", "Gammel", status="retired"),
    *(Code(f"kode-{n}", f"Kode {n}") for n in range(12)),
)
RULE = "rule:abc"
CLOCK = count()


@pytest.fixture
def store(tmp_path: Path):
    with Store(f"sqlite:///{tmp_path / 'kafe.sqlite'}") as opened:
        notes = [note("n1", TEXT, group="bruker"), note("n2", OTHER), note("n3", "Tredje", session="s2")]
        opened.put_notes(notes, at="2025-01-01T00:00:00")
        yield opened


def note(identity: str, text: str, session: str = "s1", **more: str) -> Note:
    place = f"rad {identity[1:]}"
    return Note(identity, session, "kafedialog", text, source_file="a.csv", source_place=place, **more)


def material(store: Store, codes: tuple[Code, ...] = CODES) -> Material:
    start = TEXT.index("Mangler")
    return Material(
        notes=in_reading_order(store.notes()),
        codebook=Codebook(codes, "v1"),
        units={"n1": ((0, start - 1), (start, len(TEXT)))},
        suggestions=by_note(
            [
                Suggestion("n1", 0, start - 1, "samarbeid", RULE, "Treff på «samarbeid»."),
                Suggestion("n1", start, len(TEXT), "bolig", "model:x", "Ligner 3 innspill.", score=0.55),
            ]
        ),
        titles={"s1": "Kafedialog 1"},
    )


class Bench:
    """A session with ids given, as the browser gives them."""

    def __init__(self, store: Store, coder: str = "kari", codes: tuple[Code, ...] = CODES):
        clock, self.numbers = CLOCK, count()
        self.session = Session(
            store,
            material(store, codes),
            now=lambda: f"2025-06-01T12:{next(clock):05}",
            coder=coder,
        )
        self.prefix = f"{coder}-{id(self)}"

    def __call__(self, do: str, **more):
        return self.session.handle({"id": f"{self.prefix}-{next(self.numbers)}", "do": do, **more})

    def code(self, code: str, quote: str = TEXT, note_id: str = "n1", **more):
        text = {"n1": TEXT, "n2": OTHER}[note_id]
        start = text.index(quote)
        end = start + len(quote)
        given = {"note": note_id, "hash": text_hash(text), "start": start, "end": end, "quote": quote}
        return self("code", **given, code=code, **more)

    def note(self, note_id: str = "n1"):
        return self("notes", ids=[note_id])["notes"][0]


@pytest.fixture
def bench(store):
    return Bench(store)


def standing(store, coder="kari"):
    return {(one.code, one.quote) for one in store.codings(coders=[coder])}


def test_a_code_is_in_the_store_when_the_answer_says_so(bench, store):
    answer = bench.code("bolig", "samarbeid på øya")
    assert answer["ok"]
    assert answer["note"]["codings"][0]["code"] == "bolig"
    (coding,) = store.codings()
    assert (coding.coder, coding.quote, coding.origin) == ("kari", "samarbeid på øya", "workbench")
    assert coding.codebook_version == "v1"
    assert TEXT[coding.start : coding.end] == coding.quote


def test_a_command_sent_twice_is_stored_once_also_by_another_session(bench, store):
    command = {"id": "a", "do": "code", "note": "n2", "hash": text_hash(OTHER), "start": 0, "end": 4}
    command |= {"quote": "Noko", "code": "bolig"}
    first = bench.session.handle(command)
    assert bench.session.handle(command) == first
    assert Bench(store).session.handle(command)["ok"]
    assert len(store.history()) == 1


@pytest.mark.parametrize(
    "change",
    [{"hash": "0" * 64}, {"quote": "annet"}, {"start": 1}, {"end": 99}, {"start": -1, "quote": ""}],
)
def test_a_place_that_does_not_fit_the_text_is_refused(bench, store, change):
    command = {"note": "n2", "hash": text_hash(OTHER), "start": 0, "end": 4, "quote": "Noko", "code": "bolig"}
    answer = bench("code", **(command | change))
    assert not answer["ok"]
    assert answer["message"]
    assert answer["remedy"]
    assert store.history() == []


@pytest.mark.parametrize("code", ["rød", "gammel", "finnes-ikke"])
def test_headings_retired_and_unknown_codes_cannot_be_put(bench, code):
    assert not bench.code(code)["ok"]


@pytest.mark.parametrize("command", [{}, {"do": "tull"}, {"do": "code"}, {"do": "notes", "ids": ["nei"]}])
def test_a_malformed_command_is_answered_and_not_raised(bench, command):
    answer = bench.session.handle(command)
    assert not answer["ok"]
    assert answer["message"]


def test_undo_and_redo_reach_as_far_as_the_session(bench, store):
    quotes = [TEXT[:size] for size in range(1, 40)]
    for quote in quotes:
        assert bench.code("bolig", quote)["ok"]
    for left in reversed(range(len(quotes))):
        assert bench("undo")["ok"]
        assert len(standing(store)) == left
    assert bench("undo")["said"] == "Det er ingenting å angre"
    for done in range(len(quotes)):
        assert bench("redo")["ok"]
        assert len(standing(store)) == done + 1
    assert len(store.history()) == 3 * len(quotes)


def test_a_new_act_forgets_what_was_undone(bench):
    bench.code("bolig")
    bench("undo")
    bench.code("samarbeid")
    assert bench("redo")["said"] == "Det er ingenting å gjøre om igjen"


def test_every_kind_of_act_can_be_undone_and_redone(bench, store):
    coding = bench.code("bolig")["note"]["codings"][0]
    acts = [
        {"do": "memo", "note": "n1", "about": "note", "target": "n1", "text": "Husk 🙂"},
        {"do": "memo", "note": "n1", "about": "code", "target": "bolig", "text": "Snever?"},
        {"do": "memo", "note": "n1", "about": "coding", "target": coding["id"], "text": "Tvil"},
        {"do": "accept", "note": "n1", "start": 0, "end": TEXT.index("Mangler") - 1, "code": "samarbeid"},
        {"do": "finish", "note": "n1"},
        {"do": "unfinish", "note": "n1"},
    ]

    def state():
        shown = bench.note()
        codings = [{**one, "id": ""} for one in shown["codings"]]
        return {**shown, "codings": codings}, bench("open")["memos"]

    seen = [state()]
    for act in acts:
        assert bench(**act)["ok"], act
        seen.append(state())
    assert all(before != after for before, after in pairwise(seen))
    for before in reversed(seen[:-1]):
        bench("undo")
        assert state() == before
    for after in seen[1:]:
        bench("redo")
        assert state() == after


def test_an_accepted_suggestion_keeps_its_source_and_is_no_longer_suggested(bench, store):
    one = bench.note()["suggestions"][1]
    assert (one["code"], one["source"], one["reason"]) == ("bolig", "model", "Ligner 3 innspill.")
    answer = bench("accept", note="n1", start=one["start"], end=one["end"], code="bolig")
    assert [left["code"] for left in answer["note"]["suggestions"]] == ["samarbeid"]
    assert answer["note"]["codings"][0]["suggested"]
    assert [coding.origin for coding in store.codings()] == ["model:x"]


def test_a_refused_suggestion_is_an_event_and_is_not_shown_to_that_coder_again(bench, store):
    one = bench.note()["suggestions"][0]
    where = {"note": "n1", "start": one["start"], "end": one["end"], "code": one["code"]}
    answer = bench("refuse", **where)
    assert [left["code"] for left in answer["note"]["suggestions"]] == [
        bench.note()["suggestions"][0]["code"]
    ]
    assert one["code"] not in [left["code"] for left in answer["note"]["suggestions"]]
    (event,) = store.history()
    assert (event.action, event.origin.partition(":")[0]) == ("remove", "refused")
    assert store.codings() == []
    again = Bench(store)
    assert len(again.note()["suggestions"]) == 1
    assert len(Bench(store, "ola").note()["suggestions"]) == 2
    bench("undo")
    assert len(bench.note()["suggestions"]) == 2
    assert len(Bench(store).note()["suggestions"]) == 2


def test_coding_is_blind(bench, store):
    bench.code("bolig")
    bench("memo", note="n1", about="note", target="n1", text="Hemmelig")
    bench("finish", note="n1")
    other = Bench(store, "ola")
    shown = other.note()
    assert (shown["codings"], shown["memo"], shown["finished"]) == ([], "", False)
    assert other("open")["progress"]["finished"] == 0


def test_what_another_window_has_stored_is_shown_and_can_be_removed(bench, store):
    shown = Bench(store).code("bolig")["note"]["codings"][0]
    assert [one["id"] for one in bench.note()["codings"]] == [shown["id"]]
    bench("uncode", note="n1", coding=shown["id"])
    assert bench.note()["codings"] == []


def test_a_coding_taken_from_a_file_is_removed_by_the_person_not_by_the_file(bench, store):
    given = Coding(
        "f1", "n1", 0, 3, "Blå", text_hash(TEXT), "bolig", "kari", "2025-01-01", origin="data/coded/kodinger"
    )
    store.append_codings([given])
    bench("uncode", note="n1", coding=bench.note()["codings"][0]["id"])
    assert [event.origin for event in store.history()] == ["data/coded/kodinger", "workbench"]


def test_everything_is_found_again_by_a_new_session(bench, store):
    bench.code("bolig", "ærlig")
    bench("memo", note="n1", about="note", target="n1", text="Husk")
    bench("memo", note="n1", about="code", target="bolig", text="Snever?")
    bench("finish", note="n1")
    again = Bench(store)
    opened, shown = again("open") | again("tally"), again.note()
    assert (opened["progress"], opened["recent"], opened["memos"]) == (
        {"total": 3, "finished": 1},
        ["bolig"],
        {"bolig": "Snever?"},
    )
    assert (shown["memo"], shown["finished"], len(shown["codings"])) == ("Husk", True, 1)
    assert again("find")["first_unfinished"] == 1


def test_number_keys_stay_on_their_codes_until_there_are_more_than_nine(bench):
    for n in (0, 1, 0, *range(9)):
        recent = bench.code(f"kode-{n}", TEXT[: 5 + n])["recent"]
    assert recent == [f"kode-{n}" for n in range(9)]
    bench.code("kode-0", "ærlig")
    assert bench.code("kode-9")["recent"] == ["kode-0", "kode-9", *(f"kode-{n}" for n in range(2, 9))]


def test_notes_are_found_by_search_filter_status_and_uncertainty(bench, store):
    assert bench("find")["ids"] == ["n1", "n2", "n3"]
    assert bench("find", query={"search": "AERLIG oya"})["ids"] == ["n1"]
    assert bench("find", query={"session": "s2"})["ids"] == ["n3"]
    assert bench("find", query={"group": "bruker"})["ids"] == ["n1"]
    assert bench("find", query={"status": "suggested"})["ids"] == ["n1"]
    assert bench("find", query={"order": "uncertain"})["ids"][0] == "n1"
    bench.code("bolig", note_id="n2", quote="Noko")
    bench("finish", note="n3")
    assert bench("find", query={"status": "uncoded"})["ids"] == ["n1", "n3"]
    assert bench("find", query={"status": "unfinished"})["ids"] == ["n1", "n2"]
    assert bench("find", query={"status": "finished"})["ids"] == ["n3"]
    assert not bench("find", query={"status": "tull"})["ok"]
    store.assign("ola", ["n3", "n1"], at="2025-01-01")
    ola = Bench(store, "ola")
    assert ola("open")["assigned"]
    assert ola("find", query={"status": "assigned"})["ids"] == ["n3", "n1"]


def test_the_least_sure_suggestions_come_first():
    notes = [note(f"n{n}", "x") for n in range(4)]
    scores = {"n1": [0.9], "n2": [0.99, 0.48], "n3": [0.7]}
    open_ones = {
        key: [Suggestion(key, 0, 1, "a", RULE, "", score) for score in own] for key, own in scores.items()
    }
    progress = Progress(set(), set(), {}, open_ones)
    folded = dict.fromkeys(("n0", *scores), "x")
    assert select(notes, folded, Query(order="uncertain"), progress) == ["n2", "n3", "n1", "n0"]


def test_nothing_is_stored_before_the_coder_has_a_name(store):
    bench = Bench(store, coder="")
    assert bench("open")["coder"] == ""
    assert not bench.code("bolig")["ok"]
    assert bench("coder", name=" Kari  Nordmann ")["coder"] == "Kari Nordmann"
    assert bench.code("bolig")["ok"]
    assert [coding.coder for coding in store.codings()] == ["Kari Nordmann"]


@pytest.mark.parametrize("name", ["", " ", "rule:1", "Model", "Konsensus", "a" * 41, "<b>", "a\x00b", "../x"])
def test_what_cannot_be_a_persons_name_is_refused(name):
    with pytest.raises(KafeError):
        coder_name(name)


ACTS = [
    {"do": "memo", "note": "n1", "about": "note", "target": "n1", "text": "Husk 🙂"},
    {"do": "accept", "note": "n1", "start": 0, "end": TEXT.index("Mangler") - 1, "code": "samarbeid"},
    {"do": "refuse", "note": "n1", "start": TEXT.index("Mangler"), "end": len(TEXT), "code": "bolig"},
    {"do": "memo", "note": "n1", "about": "code", "target": "bolig", "text": "Snever?"},
    {"do": "finish", "note": "n1"},
    {"do": "finish", "note": "n2"},
    {"do": "unfinish", "note": "n1"},
]


def test_undo_reaches_back_through_earlier_sessions_and_over_what_was_undone_there(store):
    def state(session):
        shown = [session.note(one) for one in ("n1", "n2")]
        codings = [[{**one, "id": ""} for one in note["codings"]] for note in shown]
        return shown[0] | shown[1] | {"codings": codings}, session("open")["memos"]

    seen, said = [], []
    for act in ({"do": "open"}, *ACTS):
        bench = Bench(store)
        said.append(bench(**act).get("said"))
        seen.append(state(bench))
        bench.code("kode-1", note_id="n2", quote="heilt")
        bench("undo")
        bench("redo")
        bench("undo")
    bench = Bench(store)
    assert bench("open")["undo"]
    for before, what in zip(reversed(seen[:-1]), reversed(said), strict=False):
        answer = bench("undo")
        assert answer["said"] == f"Angret: {what}"
        assert state(bench) == before
    assert bench("undo")["said"] == "Det er ingenting å angre"
    assert bench("open")["undo"] == ""
    for after in seen[1:]:
        assert bench("redo")["ok"]
        assert state(bench) == after


def test_undo_in_a_new_session_leaves_alone_what_files_and_operations_did(store):
    first = Bench(store)
    first.code("bolig")
    (mine,) = store.codings()
    moved = [
        replace(mine, id="o1", action="remove", origin="operation:1", at="2025-07-01"),
        replace(mine, id="o2", code="kode-1", origin="operation:1", at="2025-07-01"),
    ]
    store.append_codings(moved)
    bench = Bench(store)
    bench("undo")
    assert bench("undo")["said"] == "Det er ingenting å angre"
    assert standing(store) == {("kode-1", TEXT)}


def test_what_another_coder_did_is_never_undone(bench, store):
    Bench(store, "ola").code("bolig")
    Bench(store, "ola")("finish", note="n1")
    assert bench("undo")["said"] == "Det er ingenting å angre"
    assert standing(store, "ola") == {("bolig", TEXT)}


def test_codes_that_are_retired_are_not_suggested(store):
    retired = tuple(replace(code, status="retired") if code.id == "bolig" else code for code in CODES)
    assert [one["code"] for one in Bench(store, codes=retired).note()["suggestions"]] == ["samarbeid"]


def test_a_project_without_notes_or_codes_opens(tmp_path):
    with Store(f"sqlite:///{tmp_path / 'tom.sqlite'}") as empty:
        session = Session(empty, Material((), Codebook((), "")), now=lambda: "2025-01-01", coder="kari")
        opened = session.handle({"id": "1", "do": "open"})
        assert (opened["codes"], opened["progress"]["total"]) == ([], 0)
        assert session.handle({"id": "2", "do": "find"})["ids"] == []


def test_notes_come_as_in_the_source_with_numbers_by_size():
    places = ("rad 10", "rad 9", "linje 2")
    notes = [Note(f"n{place}", "s", "fritekst", "x", source_file="a", source_place=place) for place in places]
    assert [one.source_place for one in in_reading_order(notes)] == ["linje 2", "rad 9", "rad 10"]


@given(st.text(), st.text())
def test_folding_a_part_gives_a_part_of_the_folded_unless_a_pair_is_cut(before, part):
    assert fold(part) in fold(f"{before} {part} x")


def test_a_batch_run_gets_words_and_opens_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("KAFE_READS", "notes")
    shown = workbench(tmp_path / "finnes-ikke")
    assert isinstance(shown, Explanation)
    assert "JupyterLab" in shown._repr_mimebundle_()["text/markdown"]


def test_the_browser_has_every_text_that_it_asks_for_and_asks_for_every_text():
    words = section("workbench.ui")
    code = script()
    asked = set(re.findall(r'\bt\(\s*"(\w+)"', code)) | set(re.findall(r'\bbutton\("(\w+)"', code))
    quoted = set(re.findall(r'"(\w+)"', code))
    stems = [*re.findall(r"\bt\(\s*`(\w+_)\$\{", code), *re.findall(r'help = "(\w+_)"', code)]
    assert asked - set(words) == set()
    unused = {key for key in set(words) - quoted if not any(key.startswith(stem) for stem in stems)}
    assert unused == set()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", code)
    assert "http" not in code


def test_every_part_of_the_script_is_joined_and_the_same_name_is_given_once():
    folder = Path(workbench.__code__.co_filename).parent / "js"
    assert sorted(path.stem for path in folder.iterdir()) == sorted(PARTS)
    names = re.findall(r"^(?:const|let|class|function) (\w+)", script(), re.MULTILINE)
    assert len(names) == len(set(names))
    assert script().count("export default") == 1
