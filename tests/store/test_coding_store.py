"""Codings are events: appended, undone by events, bound to the text they were made on."""

from dataclasses import replace

import pytest

from kafe.records import Coding, KafeError, Note, text_hash

TEXT = "🙂 Savner koordinator på sjukehuset, æ veit ikkje kem eg skal ringe"


def note(words: str = TEXT, note_id: str = "n1") -> Note:
    return Note(id=note_id, session="kafe-1", kind="kafedialog", text=words)


def coding(event_id: str, quote: str = "koordinator", words: str = TEXT, **more) -> Coding:
    start = words.index(quote)
    base = Coding(
        id=event_id,
        note_id="n1",
        start=start,
        end=start + len(quote),
        quote=quote,
        text_hash=text_hash(words),
        code="koordinator",
        coder="anne",
        at="2026-01-02T10:00:00",
        memo="memo",
        origin="rule:3",
        codebook_version="abc",
    )
    return replace(base, **more)


@pytest.fixture(autouse=True)
def stored_note(store):
    store.put_notes([note()], "2026-01-01")


def test_a_coding_after_an_emoji_keeps_its_code_point_positions(store):
    event = coding("e1", "æ veit ikkje")
    assert store.append_codings([event]) == 1
    assert store.codings() == [event]
    assert TEXT[event.start : event.end] == "æ veit ikkje"


def test_positions_counted_in_utf_16_are_refused(store):
    event = coding("e1")
    shifted = replace(event, start=event.start + 1, end=event.end + 1)
    with pytest.raises(KafeError, match="innspill n1, tegn 10–21"):
        store.append_codings([shifted])
    assert store.history() == []


def test_the_same_events_again_are_passed_over(store):
    events = [coding("e1"), coding("e2", coder="bo")]
    assert store.append_codings(events + events[:1]) == 2
    assert store.append_codings([*events, coding("e3", code="annet")]) == 1
    assert [event.id for event in store.history()] == ["e1", "e2", "e3"]


def test_an_event_id_cannot_be_used_for_something_else(store):
    store.append_codings([coding("e1")])
    with pytest.raises(KafeError, match="annen hendelse"):
        store.append_codings([coding("e1", code="annet")])
    with pytest.raises(KafeError, match="annen hendelse"):
        store.append_codings([coding("e2"), coding("e2", coder="bo")])


def test_a_removal_undoes_only_the_same_coders_coding_and_stays_in_the_history(store):
    mine, theirs = coding("e1"), coding("e2", coder="bo")
    undo = coding("e3", action="remove", at="2026-01-03")
    store.append_codings([mine, theirs, undo])
    assert store.codings() == [theirs]
    assert store.history() == [mine, theirs, undo]
    again = coding("e4")
    store.append_codings([again])
    assert store.codings() == [theirs, again]


def test_a_repeated_addition_counts_once_with_the_newer_memo(store):
    store.append_codings([coding("e1", memo="først"), coding("e2", memo="så")])
    assert [event.memo for event in store.codings()] == ["så"]


def test_codings_can_be_asked_for_by_note_and_by_coder(store):
    store.put_notes([note(), note(note_id="n2")], "2026-01-02")
    store.append_codings(
        [coding("e1"), coding("e2", coder="bo"), coding("e3", note_id="n2"), coding("e4", code="x")]
    )
    store.append_codings([coding("e5", code="x", action="remove")])

    def ids(*asked):
        return [event.id for event in store.codings(*asked)]

    assert ids(["n1"], ["anne"]) == ["e1"]
    assert ids(["n2", "n1", "n1"]) == ["e1", "e2", "e3"]
    assert ids(None, ["bo"]) == ["e2"]
    assert ids([]) == ids(None, []) == ids(["n9"]) == []
    assert [event.id for event in store.history(["n1"], ["anne"])] == ["e1", "e4", "e5"]


def test_the_order_appended_decides_whatever_the_times_say(store):
    given = [("e1", "add", "2030-01-01"), ("e2", "remove", ""), ("e3", "add", "2026-01-01T00:00:00+02:00")]
    for count, (event_id, action, at) in enumerate(given, 1):
        store.append_codings([coding(event_id, action=action, at=at)])
        assert len(store.codings()) == count % 2


def test_one_bad_event_leaves_the_whole_bunch_out(store):
    with pytest.raises(KafeError, match="Sitatet"):
        store.append_codings([coding("e1"), coding("e2", quote="Savner", start=0, end=6)])
    assert store.history() == []


def test_the_refusal_never_repeats_what_the_note_says(store):
    with pytest.raises(KafeError) as caught:
        store.append_codings([coding("e1", text_hash="0" * 64)])
    assert "koordinator på" not in str(caught.value)
    assert "annen utgave av teksten" in str(caught.value)


def test_a_coding_of_an_unknown_note_is_refused(store):
    with pytest.raises(KafeError, match="«n9»"):
        store.append_codings([coding("e1", note_id="n9")])


def test_codings_on_a_withdrawn_note_live_on(store):
    store.append_codings([coding("e1")])
    store.put_notes([], "2026-01-05")
    assert [event.id for event in store.codings()] == ["e1"]


def test_a_coding_on_an_older_text_is_set_aside_and_can_be_undone(store):
    old = coding("e1")
    store.append_codings([old])
    newer = "Savner koordinator, spør [PERSON-1]"
    store.put_notes([note(newer)], "2026-01-05")
    assert store.codings() == []
    assert store.stale_codings() == [old]
    with pytest.raises(KafeError, match="annen utgave"):
        store.append_codings([coding("e2", code="annet")])
    assert store.append_codings([old]) == 0
    store.append_codings([coding("e3", words=newer), coding("e4", action="remove")])
    assert [event.id for event in store.codings()] == ["e3"]
    assert store.stale_codings() == []


def test_a_finished_mark_is_kept_once(store):
    store.append_finished("anne", "n1", "2026-01-02")
    store.append_finished("anne", "n1", "2026-01-09")
    assert store.append_finished_marks([("bo", "n1", "2026-01-02"), ("anne", "n1", "x")]) == 1
    assert store.finished() == {("anne", "n1"), ("bo", "n1")}


def test_a_finished_mark_can_be_taken_back_and_given_again(store):
    store.append_finished("anne", "n1", "2026-01-02")
    assert store.unfinish("anne", "n1", "2026-01-03") == 1
    assert store.unfinish("anne", "n1", "2026-01-04") == store.unfinish("bo", "n1", "2026-01-04") == 0
    assert store.finished() == store.finished(["n1"]) == set()
    store.append_finished("anne", "n1", "2026-01-05")
    assert store.finished(["n1", "n2"]) == {("anne", "n1")}


def test_a_mark_that_was_taken_back_stays_so_when_its_file_is_read_again(store):
    from_file = [("anne", "n1", "2026-01-02")]
    store.append_finished_marks(from_file, "data/coded/kodinger")
    store.unfinish("anne", "n1", "2026-01-03")
    assert store.append_finished_marks(from_file, "data/coded/kodinger") == 0
    assert store.finished() == set()


def test_a_finished_mark_for_an_unknown_note_is_refused(store):
    with pytest.raises(KafeError, match="«n9»"):
        store.append_finished("anne", "n9", "2026-01-02")
