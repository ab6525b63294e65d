"""Why a code is suggested, in words."""

from teachable import BOOK, UNITS, people

from kafe.suggestions.learning import learn


def test_reasons_name_words_of_the_unit_and_only_notes_that_may_be_cited() -> None:
    allowed = {own.note_id for own in UNITS[:8]}
    learned = learn(UNITS, people(), BOOK, may_cite=allowed)
    texts = {own.note_id: own.text for own in UNITS}
    assert learned.suggestions
    for one in learned.suggestions:
        words = one.reason.partition("Ord som teller: ")[2].partition(".")[0]
        assert all(word.strip("«»") in texts[one.note_id] for word in words.split(", ") if word)
        named = {note_id for note_id in texts if f"({note_id})" in one.reason}
        assert named <= allowed - {one.note_id}
        assert bool(named) == (one.code == "bolig")
