"""A coder's session without a browser: every act is an event, undone by events, and told in words."""

from dataclasses import replace
from itertools import pairwise

import pytest
from coder_at_work import CODES, OTHER, TEXT, Bench

from kafe.records import Codebook, Coding, text_hash
from kafe.store.store import Store
from kafe.workbench.coding_session import CodingSession
from kafe.workbench.material import CodingMaterial


def test_a_code_is_in_the_store_when_the_answer_says_so(bench, store):
    answer = bench.code("bolig", "samarbeid på øya")
    assert answer["ok"]
    assert answer["note"]["codings"][0]["code"] == "bolig"
    (coding,) = store.codings()
    assert (coding.coder, coding.quote, coding.origin) == ("kari", "samarbeid på øya", "workbench")
    assert coding.codebook_version == "v1"
    assert TEXT[coding.start : coding.end] == coding.quote


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


def test_a_coding_taken_from_a_file_is_removed_by_the_person_not_by_the_file(bench, store):
    given = Coding(
        "f1", "n1", 0, 3, "Blå", text_hash(TEXT), "bolig", "kari", "2025-01-01", origin="data/coded/kodinger"
    )
    store.append_codings([given])
    bench("uncode", note="n1", coding=bench.note()["codings"][0]["id"])
    assert [event.origin for event in store.history()] == ["data/coded/kodinger", "workbench"]


def test_codes_that_are_retired_are_not_suggested(store):
    retired = tuple(replace(code, status="retired") if code.id == "bolig" else code for code in CODES)
    assert [one["code"] for one in Bench(store, codes=retired).note()["suggestions"]] == ["samarbeid"]


def test_a_project_without_notes_or_codes_opens(tmp_path):
    with Store(f"sqlite:///{tmp_path / 'tom.sqlite'}") as empty:
        session = CodingSession(
            empty, CodingMaterial((), Codebook((), "")), now=lambda: "2025-01-01", coder="kari"
        )
        opened = session.handle({"id": "1", "do": "open"})
        assert (opened["codes"], opened["progress"]["total"]) == ([], 0)
        assert session.handle({"id": "2", "do": "find"})["ids"] == []
