"""A name that is found late goes out of everything stored earlier, and codings stay where they can."""

from dataclasses import replace

from kept import note_versions

from kafe.records import Coding, Memo, Note, text_hash
from kafe.store.store import Store

OLD = "Be Quorrel ringe. Ingen eier saken."
MASKED = "Be [PERSON-1] ringe. Ingen eier saken."


def note(note_id: str, words: str) -> Note:
    return Note(id=note_id, session="kafe-1", kind="kafedialog", text=words)


def coding(event_id: str, quote: str) -> Coding:
    start = OLD.index(quote)
    return Coding(
        event_id, "n1", start, start + len(quote), quote, text_hash(OLD), "eier", "anne", "2026-01-02"
    )


def mask(texts):
    return [text.replace("Quorrel", "[PERSON-1]") for text in texts]


def test_withdrawn_notes_and_earlier_versions_are_masked_again(store):
    store.put_notes([note("n1", OLD), note("n2", "Quorrel igjen")], "2026-01-01")
    store.append_codings([coding("a", "Be Quorrel"), coding("b", "Be")])
    store.put_notes([note("n2", "[PERSON-1] igjen")], "2026-01-02")
    assert store.remask(mask) == 3
    assert store.withdrawn_notes() == [note("n1", MASKED)]
    assert [version.text for _, version in note_versions(store, "n2")] == ["[PERSON-1] igjen"] * 2
    assert [event.quote for event in store.history()] == ["Be [PERSON-1]", "Be"]


def test_a_masked_name_is_gone_from_the_bytes_of_the_file(file):
    with Store(f"sqlite:///{file}") as store:
        store.put_notes([note("n1", OLD)], "2026-01-01")
        store.append_codings([coding("a", "Be Quorrel")])
        assert b"Quorrel" in file.read_bytes()
        store.put_notes([], "2026-01-02")
        store.remask(mask)
    assert b"Quorrel" not in file.read_bytes()


def test_a_coding_before_the_name_stays_and_one_after_it_counts_as_on_an_earlier_text(store):
    store.put_notes([note("n1", OLD)], "2026-01-01")
    store.append_codings([coding("a", "Be"), coding("b", "Ingen eier saken")])
    store.put_notes([], "2026-01-02")
    store.remask(mask)
    assert [event.id for event in store.codings()] == ["a"]
    assert [event.id for event in store.stale_codings()] == ["b"]


def test_what_is_current_is_left_alone_and_nothing_is_looked_at_twice(store):
    store.put_notes([note("n1", OLD)], "2026-01-01")
    store.append_codings([coding("a", "Be Quorrel")])
    seen = []
    assert store.remask(lambda texts: seen.extend(texts) or texts) == 0
    assert seen == []
    assert store.notes() == [note("n1", OLD)]
    assert len(store.codings()) == 1


def memo(text: str, at: str = "2026-01-02") -> Memo:
    return Memo("m1", "note:n1", text, "anne", at)


def test_memos_are_masked_in_every_event_and_those_on_codings_too(store):
    store.put_notes([note("n1", OLD)], "2026-01-01")
    store.append_memos([memo("Spør Quorrel"), memo("Spurt Quorrel", "2026-01-03")])
    store.append_codings([replace(coding("a", "Be"), memo="Quorrel igjen")])
    assert store.remask_memos(mask) == 3
    assert [one.text for one in store.memo_history()] == ["Spør [PERSON-1]", "Spurt [PERSON-1]"]
    assert store.memos() == [memo("Spurt [PERSON-1]", "2026-01-03")]
    assert [one.memo for one in store.codings()] == ["[PERSON-1] igjen"]
    assert store.remask_memos(mask) == 0


def test_a_name_masked_in_a_memo_is_gone_from_the_bytes_of_the_file(file):
    with Store(f"sqlite:///{file}") as store:
        store.put_notes([note("n1", MASKED)], "2026-01-01")
        store.append_memos([memo("Spør Quorrel")])
        assert b"Quorrel" in file.read_bytes()
        store.remask_memos(mask)
    assert b"Quorrel" not in file.read_bytes()


def test_a_masked_memo_meets_its_unmasked_twin_as_the_same(store):
    with Store("sqlite://") as other:
        for one in (store, other):
            one.put_notes([note("n1", OLD)], "2026-01-01")
            one.append_memos([memo("Spør Quorrel")])
        store.remask_memos(mask)
        report = store.merge(other, "2026-02-01", mask=mask)
        assert (report.total, report.conflicts) == (0, ())
        other.append_memos([memo("Quorrel svarte", "2026-01-04")])
        store.merge(other, "2026-02-01", mask=mask)
        assert [one.text for one in store.memos()] == ["[PERSON-1] svarte"]
