"""The model learns from what people said, is measured on notes it has not seen, and keeps quiet when it is poor."""

from dataclasses import replace

import numpy as np
import pytest
from teachable import BOOK, CODINGS, DONE, IDS, TRUTH, UNITS, coding, people, unit

from kafe.records import Codebook, Unit, text_hash
from kafe.suggestions.judgements import judge
from kafe.suggestions.learning import CUT, Lesson, codes_to_learn, few_shot, learn


def test_before_anyone_has_coded_the_codebook_suggests_and_says_that_it_is_untested() -> None:
    own = [
        unit(1, "Mangler leilighet."),
        unit(2, "Legevakten svarer ikke om natten."),
        unit(3, "Takk for kaffen!"),
    ]
    learned = learn(own, judge([], [], own, IDS), BOOK)
    assert not learned.measured
    assert {row.state for row in learned.rows} == {"untested"}
    assert all(row.precision is None for row in learned.rows)
    found = {(one.note_id, one.code) for one in learned.suggestions}
    assert {("n001", "bolig"), ("n002", "vakt")} <= found
    assert not any(note_id == "n003" for note_id, _ in found)
    first = next(one for one in learned.suggestions if one.note_id == "n001")
    assert "«leilighet»" in first.reason
    assert "Ligner kodebokens «Jeg mangler leilighet.»" in first.reason


def test_a_counterexample_makes_the_code_less_likely_and_leaves_the_others_alone() -> None:
    wrong = "Leiligheten på hytta er ledig."
    against = Codebook(
        tuple(replace(code, counterexamples=(wrong,)) if code.id == "bolig" else code for code in BOOK.codes),
        "v2",
    )
    own = [unit(1, wrong)]
    nobody = judge([], [], own, IDS)
    with_it, without = (
        Lesson(own, nobody, book, codes_to_learn(book), {}, 1).scores[0] for book in (against, BOOK)
    )
    assert with_it[0] < without[0] - 0.02
    texts, fits = few_shot(codes_to_learn(against))
    assert np.array_equal(fits[texts.index(wrong)], [0, np.nan, np.nan], equal_nan=True)


def test_the_model_learns_what_people_do_and_suggests_it_on_notes_it_has_not_seen() -> None:
    fresh = [unit(900, "Hybelen er for dyr og mangler varme"), unit(901, "Legevakten er stengt om natten")]
    everything = [*UNITS, *fresh]
    learned = learn(everything, judge(CODINGS, DONE, everything, IDS), BOOK, seed=1)
    assert learned.measured
    assert learned.source.startswith("model:")
    assert {row.code: row.state for row in learned.rows} == dict.fromkeys(IDS, "used")
    assert all(row.f1 is not None and row.f1 > 0.7 for row in learned.rows)
    found = {(one.note_id, one.code) for one in learned.suggestions}
    assert {("n900", "bolig"), ("n901", "vakt")} <= found
    assert all(CUT <= one.score <= 1 and one.source == learned.source for one in learned.suggestions)


def test_a_retired_code_gets_no_suggestions_even_where_it_was_used() -> None:
    codings = [*CODINGS, *(coding(own, "gammel") for own in UNITS[:16])]
    learned = learn(UNITS, people(codings), BOOK)
    assert "gammel" not in {one.code for one in learned.suggestions} | {row.code for row in learned.rows}


def test_codings_that_follow_nothing_in_the_text_give_no_suggestions() -> None:
    codings = [coding(own, IDS[text_hash(own.text).encode()[0] % 3]) for own in UNITS]
    learned = learn(UNITS, people(codings), BOOK)
    assert {row.state for row in learned.rows} == {"weak"}
    assert learned.suggestions == ()


def test_a_code_with_few_examples_keeps_suggesting_and_says_so() -> None:
    fewer = [own for own in CODINGS if own.code != "penger" or own.note_id > "n034"]
    rare = [replace(own, id=f"{who}-{own.id}", coder=who) for who in ("kari", "ola") for own in fewer]
    learned = learn(UNITS, people(rare), BOOK)
    assert {row.code: row.state for row in learned.rows}["penger"] == "few"
    said = {one.code: one.reason for one in learned.suggestions}
    assert "få kodede eksempler" in said["penger"]
    assert "få kodede eksempler" not in said["bolig"]


def test_nothing_coded_corrects_nothing_and_one_coding_moves_little() -> None:
    nobody = Lesson(UNITS, people([], []), BOOK, codes_to_learn(BOOK), {}, 1)
    one = Lesson(UNITS, people(CODINGS[:1], DONE[:1]), BOOK, codes_to_learn(BOOK), {}, 1)
    assert np.allclose(nobody.scores, nobody.before)
    assert np.abs(one.chances - nobody.chances).mean() < 0.08


def test_a_judged_note_is_measured_by_a_model_that_has_not_seen_it() -> None:
    odd = unit(950, "Qwert zxcvb")
    everything = [*UNITS, odd]
    said = judge([*CODINGS, coding(odd, "vakt")], [*DONE, ("kari", odd.note_id)], everything, IDS)
    lesson = Lesson(everything, said, BOOK, codes_to_learn(BOOK), {}, 1)
    place = IDS.index("vakt")
    seen = lesson.correction(lesson.vectors[-1:], lesson.before[-1:], [""])[0, place, 1]
    without = lesson.judged & np.array([own != odd for own in everything])
    unseen = lesson._corrected(without)(lesson.vectors[-1:], lesson.before[-1:], [""])[0, place, 1]
    assert seen > unseen + 0.1
    assert lesson.chances[-1, place] < 0.5


def test_probabilities_are_right_as_often_as_they_say() -> None:
    noisy = [
        one if number % 5 else coding(UNITS[number], IDS[(IDS.index(one.code) + 1) % 3])
        for number, one in enumerate(CODINGS)
    ]
    said = people(noisy)
    lesson = Lesson(UNITS, said, BOOK, codes_to_learn(BOOK), {}, 1)
    yes, asked = said.counts()
    sure = lesson.chances > 0.5
    assert lesson.chances.mean() == pytest.approx(yes.sum() / asked.sum(), abs=0.03)
    assert lesson.chances[sure].mean() == pytest.approx(yes[sure].mean(), abs=0.12)


def test_the_question_a_note_answers_tells_too() -> None:
    vague = [unit(960 + number, "Det var vanskelig i går") for number in range(2)]
    everything = [*UNITS, *vague]
    questions = {own.note_id: code for own, (code, _) in zip(UNITS, TRUTH, strict=True)}
    questions |= {"n960": "bolig", "n961": "vakt"}
    said = judge(CODINGS, DONE, everything, IDS)
    chances = Lesson(everything, said, BOOK, codes_to_learn(BOOK), questions, 1).chances
    assert chances[-2, 0] > chances[-1, 0]
    assert chances[-2, 1] < chances[-1, 1]


def test_the_same_codings_teach_the_same_in_whatever_order_they_come() -> None:
    first = learn(UNITS, people(), BOOK, may_cite={"n000"})
    again = learn(UNITS, judge(CODINGS[::-1], DONE[::-1], UNITS, IDS), BOOK, may_cite={"n000"})
    assert first == again


def test_the_source_changes_with_what_was_learnt_from() -> None:
    changed = [coding(UNITS[0], "vakt"), *CODINGS[1:]]
    sources = {
        learn(UNITS, people(), BOOK).source,
        learn(UNITS, people(changed), BOOK).source,
        learn(UNITS, people(), Codebook(BOOK.codes, "v2")).source,
    }
    assert len(sources) == 3


def test_notes_that_nobody_has_judged_come_first_in_the_order() -> None:
    learned = learn(UNITS, people(CODINGS[:35], DONE[:35]), BOOK)
    assert sorted(learned.order) == [own.note_id for own in UNITS]
    assert set(learned.order[: len(UNITS) - 35]) == {own.note_id for own in UNITS[35:]}


@pytest.mark.parametrize(("units", "book"), [([], BOOK), (UNITS[:2], Codebook((), "tom"))])
def test_without_notes_or_codes_there_is_nothing_to_suggest(units: list[Unit], book: Codebook) -> None:
    learned = learn(units, judge([], [], units, [code.id for code in codes_to_learn(book)]), book)
    assert learned.suggestions == ()
    assert not learned.measured
    assert list(learned.order) == [own.note_id for own in units]


def test_notes_without_letters_do_no_harm() -> None:
    own = [unit(number, text) for number, text in enumerate(["…", "123", "?"])]
    assert learn(own, judge([], [], own, IDS), BOOK).suggestions == ()
