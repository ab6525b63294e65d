"""Two people's codings side by side, differences first, and what settling them leaves behind."""

import random
from dataclasses import replace

import pytest

from kafe.agreement.consensus import Settlement, compare_codings, consensus_progress
from kafe.agreement.effective import effective_codings
from kafe.codebook.changes.operations import make_operation
from kafe.codebook.changes.recode import CodeMap, recode
from kafe.origins import CONSENSUS_CODER
from kafe.records import Code, Codebook, Coding, KafeError, Memo, Note, Unit, text_hash
from kafe.store.store import Store

TEXT = "🙂 Bolig først. Noen å ringe til."
NOTE = Note("n1", "s", "fritekst", TEXT)
UNITS = [Unit("n1", 0, 14, TEXT[:14]), Unit("n1", 15, 33, TEXT[15:])]
BOTH = ("kari", "ola")


def coding(coder: str, start: int, end: int, code: str = "a", **more) -> Coding:
    name = f"{coder[0]}{start}-{end}{code}"
    made = Coding(name, "n1", start, end, TEXT[start:end], text_hash(TEXT), code, coder, "2026-01-01")
    return replace(made, **more)


def kinds(rows):
    return [(row.code, row.kind, row.coders) for row in rows]


def test_differences_come_first_and_each_says_who_did_what():
    codings = [
        coding("kari", 2, 7), coding("ola", 2, 7),
        coding("kari", 2, 14, "b"), coding("ola", 8, 14, "b"),
        coding("ola", 15, 20, "c"),
        coding("kari", 15, 20, "d"),
    ]  # fmt: skip
    rows = compare_codings(codings, BOTH)
    assert kinds(rows) == [
        ("c", "only", ("ola",)),
        ("d", "only", ("kari",)),
        ("b", "overlap", BOTH),
        ("a", "agree", BOTH),
    ]
    assert [row.without for row in rows] == [("kari",), ("ola",), (), ()]
    assert (rows[2].start, rows[2].end) == (2, 14)


def test_spans_that_only_touch_are_two_rows_and_chains_of_overlap_are_one():
    touching = compare_codings([coding("kari", 2, 7), coding("ola", 7, 9)], BOTH)
    assert kinds(touching) == [("a", "only", ("kari",)), ("a", "only", ("ola",))]
    chain = [coding("kari", 0, 4), coding("ola", 3, 8), coding("kari", 7, 10), coding("ola", 9, 12)]
    assert kinds(compare_codings(chain, BOTH)) == [("a", "overlap", BOTH)]


def test_with_units_spans_in_the_same_unit_are_the_same():
    rows = compare_codings([coding("kari", 2, 7), coding("ola", 2, 14)], BOTH, units=UNITS)
    assert kinds(rows) == [("a", "agree", BOTH)]
    rows = compare_codings([coding("kari", 2, 7), coding("ola", 2, 20)], BOTH, units=UNITS)
    assert kinds(rows) == [("a", "overlap", BOTH)]


def test_of_three_coders_some_may_agree():
    rows = compare_codings([coding("kari", 2, 7), coding("siri", 2, 7)], (*BOTH, "siri"))
    assert kinds(rows) == [("a", "some", ("kari", "siri"))]


def test_other_coders_and_the_order_of_codings_do_not_matter():
    codings = [
        coding("kari", 2, 7),
        coding("ola", 3, 9),
        coding(CONSENSUS_CODER, 2, 7),
        coding("rule:1", 2, 7),
    ]
    assert compare_codings(random.Random(1).sample(codings, 4), BOTH) == compare_codings(codings[:2], BOTH)


@pytest.fixture
def store():
    with Store("sqlite://") as opened:
        opened.put_notes([NOTE], "2026-01-01")
        opened.append_codings([coding("kari", 2, 7), coding("ola", 2, 14)])
        yield opened


def side_by_side(store):
    return compare_codings(store.codings(coders=BOTH), BOTH, history=store.history())


def stamped(events, at):
    return [replace(event, id=f"{at}-{number}", at=at) for number, event in enumerate(events)]


def agree_on(store, outcome, at, **more):
    standing = store.codings(coders=[CONSENSUS_CODER])
    events = side_by_side(store)[0].settle(
        Settlement(outcome, "Kari og Ola", **more), NOTE, standing=standing
    )
    store.append_codings(stamped(events, at))
    return [(one.start, one.end) for one in store.codings(coders=[CONSENSUS_CODER])]


def test_a_settlement_is_a_coding_of_its_own_that_names_both_origins(store):
    assert agree_on(store, "agree", "2026-01-02", span=(2, 14), reason="hele setningen") == [(2, 14)]
    [made] = store.codings(coders=[CONSENSUS_CODER])
    assert made.origin == "consensus:k2-7a+o2-14a"
    assert (made.quote, made.memo) == (TEXT[2:14], "Kari og Ola: hele setningen")
    assert {one.id for one in store.codings(coders=BOTH)} == {"k2-7a", "o2-14a"}
    assert side_by_side(store)[0].settled == "agree"


def test_a_settlement_may_be_made_anew_and_the_history_keeps_all(store):
    assert agree_on(store, "agree", "2026-01-02") == [(2, 14)]
    assert agree_on(store, "keep", "2026-01-03") == [(2, 7), (2, 14)]
    assert side_by_side(store)[0].settled == "keep"
    assert agree_on(store, "agree", "2026-01-04", span=(2, 7)) == [(2, 7)]
    assert side_by_side(store)[0].settled == "agree"
    assert agree_on(store, "drop", "2026-01-05") == []
    assert side_by_side(store)[0].settled == "drop"
    assert len([one for one in store.history() if one.coder == CONSENSUS_CODER]) == 7


def test_agreeing_that_the_code_does_not_belong_is_recorded_too(store):
    assert agree_on(store, "drop", "2026-01-02") == []
    [event] = [one for one in store.history() if one.coder == CONSENSUS_CODER]
    assert (event.action, event.origin) == ("remove", "consensus:k2-7a+o2-14a")
    assert side_by_side(store)[0].settled == "drop"


def test_a_new_coding_opens_a_settled_row_again(store):
    agree_on(store, "agree", "2026-01-02")
    store.append_codings([coding("ola", 3, 9, at="2026-01-03")])
    assert side_by_side(store)[0].settled == ""


@pytest.mark.parametrize("outcome", ["agree", "keep", "drop"])
def test_a_settlement_follows_when_the_code_is_renamed_and_can_be_opened_again(store, outcome):
    agree_on(store, outcome, "2026-01-02")
    detail = {"old": "a", "new": "ny", "name": ""}
    operation = make_operation("rename", detail, who="kari", at="2026-01-03", before="v1", after="v2")
    book = Codebook((Code("ny", "Ny"),), "v2")
    store.append_codings(recode(store.codings(), CodeMap([operation], book), "2026-01-03"))
    [row] = side_by_side(store)
    assert (row.code, row.settled) == ("ny", outcome)
    agreed = effective_codings(store.codings(), [], store.history())
    assert all(agreed.replaces(one) for one in store.codings(coders=BOTH))
    standing = store.codings(coders=[CONSENSUS_CODER])
    store.append_codings(stamped(row.reopen(standing), "2026-01-04"))
    assert store.codings(coders=[CONSENSUS_CODER]) == []
    assert side_by_side(store)[0].settled == ""


def test_what_is_agreed_counts_instead_of_the_codings_it_is_about_and_the_others_stand(store):
    agree_on(store, "agree", "2026-01-02")
    store.append_codings([coding("kari", 15, 20, "b"), coding("kari", 15, 20, "c")])
    found = effective_codings(store.codings(), [("kari", "n1"), ("ola", "n1")], store.history())
    assert [(one.coder, one.code) for one in store.codings() if found.counts(one)] == [
        (CONSENSUS_CODER, "a"), ("kari", "b"), ("kari", "c"),
    ]  # fmt: skip


def test_a_code_that_was_dropped_counts_for_nobody_and_a_new_coding_of_it_does(store):
    agree_on(store, "drop", "2026-01-02")
    found = effective_codings(store.codings(), [], store.history())
    assert not any(found.counts(one) for one in store.codings())
    store.append_codings([coding("ola", 3, 9, at="2026-01-03")])
    found = effective_codings(store.codings(), [], store.history())
    assert [one.start for one in store.codings() if found.counts(one)] == [3]


def test_of_a_note_that_the_consensus_has_finished_only_its_codings_count(store):
    store.append_codings([coding(CONSENSUS_CODER, 15, 20, "b")])
    found = effective_codings(store.codings(), [(CONSENSUS_CODER, "n1")], store.history())
    assert [one.coder for one in store.codings() if found.counts(one)] == [CONSENSUS_CODER]


def test_a_consensus_that_came_from_a_file_replaces_the_same_code_on_the_same_words(store):
    store.append_codings([coding(CONSENSUS_CODER, 0, 4, origin="import:1"), coding("kari", 15, 20)])
    found = effective_codings(store.codings(), [], store.history())
    counted = [(one.coder, one.start) for one in store.codings() if found.counts(one)]
    assert counted == [(CONSENSUS_CODER, 0), ("kari", 15)]


def test_what_is_left_for_discussion_is_a_memo_where_the_coding_is(store):
    memo = Memo("m1", side_by_side(store)[0].discussion, "Gjelder det også hospits?", "Kari", "2026-01-02")
    assert store.append_memos([memo]) == 1
    assert store.memos(["coding:k2-7a"]) == [memo]


def test_a_note_whose_text_has_changed_cannot_be_settled():
    [row] = compare_codings([coding("kari", 2, 7, text_hash="0" * 64)], BOTH)
    with pytest.raises(KafeError, match="endret siden"):
        row.settle(Settlement("agree", "Kari"), NOTE)


def test_progress_counts_by_code_with_most_left_to_talk_about_first():
    codings = [
        coding("kari", 2, 7),
        coding("ola", 2, 7),
        coding("kari", 15, 20, "b"),
        coding("kari", 2, 7, "b"),
    ]
    first, second = consensus_progress(compare_codings(codings, BOTH), BOTH)
    assert (first.code, first.only, first.differences, first.settled) == ("b", (2, 0), 2, 0)
    assert (second.code, second.agree, second.differences) == ("a", 1, 0)
