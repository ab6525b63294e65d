"""The model learns from what people said, is measured on notes it has not seen, and keeps quiet when it is poor."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from kafe.records import Code, Codebook, Coding, Unit, text_hash
from kafe.suggestions.judgements import Judgements, citable, judge
from kafe.suggestions.learn import CUT, Lesson, codes_to_learn, few_shot, learn
from kafe.suggestions.quality import CodeRow, code_rows

BOOK = Codebook(
    (
        Code("tema", "Temaer", codable=False),
        Code("bolig", "Bolig", "tema", "Å ha et sted å bo.", examples=("Jeg mangler leilighet.",)),
        Code("vakt", "Vakt", "tema", "Noen å ringe til om natten.", examples=("Legevakten svarer ikke.",)),
        Code("penger", "Penger", "tema", "Økonomi og gjeld.", examples=("Lønnen rekker ikke.",)),
        Code("gammel", "Gammel", "tema", "Bolig og leilighet.", status="retired"),
    ),
    "v1",
)
IDS = [code.id for code in codes_to_learn(BOOK)]
SAID = {
    "bolig": (
        ("Leiligheten", "Huset", "Boligen", "Hybelen"),
        ("er for liten", "mangler varme", "ligger langt unna", "er sagt opp"),
    ),
    "vakt": (
        ("Legevakten", "Vakttelefonen", "Nattevakten"),
        ("svarer aldri", "tar ikke telefonen", "sier nei om natten", "er stengt"),
    ),
    "penger": (
        ("Regningene", "Gjelden", "Økonomien", "Husleien"),
        ("blir for dyr", "vokser", "holder meg våken"),
    ),
}
TRUTH = [
    (code, f"{thing} {fate}")
    for code, (things, fates) in SAID.items()
    for thing, fate in product(things, fates)
]


def unit(number: int, text: str) -> Unit:
    return Unit(f"n{number:03}", 0, len(text), text)


def coding(of: Unit, code: str, coder: str = "kari", **more: str) -> Coding:
    event = Coding(
        f"{coder}-{of.id}-{code}",
        of.note_id,
        of.start,
        of.end,
        of.text,
        text_hash(of.text),
        code,
        coder,
        "2026-01-01",
    )
    return replace(event, **more)  # type: ignore[arg-type]


UNITS = [unit(number, text) for number, (_, text) in enumerate(TRUTH)]
CODINGS = [coding(own, code) for own, (code, _) in zip(UNITS, TRUTH, strict=True)]
DONE = [("kari", own.note_id) for own in UNITS]


def people(
    codings: list[Coding] = CODINGS, done: list[tuple[str, str]] = DONE, **more: list[Coding]
) -> Judgements:
    return judge(codings, done, UNITS, IDS, **more)


def test_silence_is_a_no_only_where_the_coder_has_finished_the_note() -> None:
    found = judge(CODINGS[:2], [("kari", UNITS[0].note_id)], UNITS[:3], IDS)
    yes, asked = found.counts()
    assert yes.tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 0]]
    assert asked.tolist() == [[1, 1, 1], [1, 0, 0], [0, 0, 0]]


def test_a_refused_suggestion_is_a_no_and_other_removals_say_nothing() -> None:
    refused = coding(UNITS[0], "vakt", action="remove", origin="refused:rule:1")
    regretted = coding(UNITS[0], "penger", action="remove", origin="workbench")
    unsure = coding(UNITS[0], "bolig", action="remove", origin="refused:rule:1")
    reopened = replace(unsure, origin="reopened:rule:1")
    yes, asked = judge([], [], UNITS[:1], IDS, [refused, regretted, unsure, reopened]).counts()
    assert yes.tolist() == [[0, 0, 0]]
    assert asked.tolist() == [[0, 1, 0]]


def test_a_machine_teaches_nothing_but_what_a_person_accepted_does() -> None:
    accepted = coding(UNITS[0], "bolig", origin="model:abc")
    machine = coding(UNITS[1], "bolig", coder="rule:abc")
    yes, _ = judge([accepted, machine], [], UNITS[:2], IDS).counts()
    assert yes[:, 0].tolist() == [1, 0]


def test_where_people_have_agreed_only_what_they_agreed_counts() -> None:
    codings = [coding(UNITS[0], "vakt"), coding(UNITS[0], "bolig", coder="konsensus")]
    marks = [(who, UNITS[0].note_id) for who in ("kari", "ola", "konsensus")]
    yes, asked = judge(codings, marks, UNITS[:1], IDS).counts()
    assert yes.tolist() == [[1, 0, 0]]
    assert asked.tolist() == [[1, 1, 1]]


def test_a_single_difference_that_is_settled_counts_as_agreed_and_the_rest_as_each_said_it() -> None:
    kari, ola = coding(UNITS[0], "vakt"), coding(UNITS[0], "bolig", coder="ola")
    agreed = coding(UNITS[0], "vakt", coder="konsensus", origin=f"consensus:{kari.id}")
    dropped = coding(
        UNITS[0], "bolig", coder="konsensus", action="remove", origin=f"consensus:{ola.id}", at="2026-01-02"
    )
    marks = [(who, UNITS[0].note_id) for who in ("kari", "ola")]
    yes, asked = judge([kari, ola, agreed], marks, UNITS[:1], IDS, [kari, ola, agreed, dropped]).counts()
    assert yes.tolist() == [[0, 1, 0]]
    assert asked.tolist() == [[1, 1, 2]]


def test_a_note_is_cited_only_when_nobody_is_to_code_it_blind() -> None:
    marks = [("kari", "a"), ("ola", "a"), ("kari", "b"), ("kari", "c"), ("kari", "d"), ("konsensus", "a")]
    assert citable(marks) == {"a"}
    assert citable(marks, {"kari": ["b", "d"], "ola": ["d"]}) == {"a", "b"}
    assert citable([]) == set()


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


def test_a_code_with_few_examples_gives_no_suggestions() -> None:
    fewer = [own for own in CODINGS if own.code != "penger" or own.note_id > "n034"]
    rare = [replace(own, id=f"{who}-{own.id}", coder=who) for who in ("kari", "ola") for own in fewer]
    learned = learn(UNITS, people(rare), BOOK)
    assert {row.code: row.state for row in learned.rows}["penger"] == "few"
    assert "penger" not in {one.code for one in learned.suggestions}


def test_a_judged_note_is_measured_by_a_model_that_has_not_seen_it() -> None:
    odd = unit(950, "Qwert zxcvb")
    everything = [*UNITS, odd]
    said = judge([*CODINGS, coding(odd, "vakt")], [*DONE, ("kari", odd.note_id)], everything, IDS)
    lesson = Lesson(everything, said, BOOK, codes_to_learn(BOOK), {}, 1)
    seen = lesson.model.scores(lesson.vectors[-1:])
    assert seen[0, IDS.index("vakt")] > lesson.scores[-1, IDS.index("vakt")] + 0.1


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


def test_figures_equal_those_counted_by_hand() -> None:
    """Ten units, two people: both 1–4, only the first 5, only the second 6. The model says 1, 2, 3, 5 and 7.

    Against the first: 4 of 5 guesses right of 5; against the second 3 of 5 right of 5. So precision 7/10,
    recall 7/10, F1 .7. People: 2 · 4 / 10 = .8.
    """
    first, second = (
        [[number in yes] for number in range(1, 11)] for yes in ({1, 2, 3, 4, 5}, {1, 2, 3, 4, 6})
    )
    known = np.ones((10, 1), dtype=bool)
    said = Judgements(
        {"a": np.array(first), "b": np.array(second)},
        {"a": known, "b": known},
        np.zeros((10, 1), dtype=bool),
        (10, 1),
    )
    chances = np.array([[0.9 if number in (1, 2, 3, 5, 7) else 0.1] for number in range(1, 11)])
    (row,) = code_rows([Code("x", "X")], said, chances, 0.5)
    assert (row.units, row.positive, row.suggested) == (10, 6, 5)
    assert row.precision == pytest.approx(0.7)
    assert row.recall == pytest.approx(0.7)
    assert row.f1 == pytest.approx(0.7)
    assert row.human_f1 == pytest.approx(0.8)
    # 20 pairs of values, 6 differ, 20 ones of 40: 1 - (6/20) · 40 · 39 / (2 · 20 · 20)
    assert row.alpha == pytest.approx(1 - 0.3 * 40 * 39 / 800)
    # 10 units, 2 differ, 10 ones of 20: 1 - (2/10) · 20 · 19 / (2 · 10 · 10)
    assert row.human_alpha == pytest.approx(1 - 0.2 * 20 * 19 / 200)
    assert row.state == "few"


def test_a_code_that_nobody_used_has_no_figures() -> None:
    nobody = Judgements(
        {"a": np.zeros((3, 1), dtype=bool)},
        {"a": np.ones((3, 1), dtype=bool)},
        np.zeros((3, 1), dtype=bool),
        (3, 1),
    )
    (row,) = code_rows([Code("x", "X")], nobody, np.zeros((3, 1)), 0.5)
    assert row == CodeRow("x", "X", "few", 3, 0, 0, None, None, None, None, None, None, None)


def test_a_consensus_does_not_hide_how_the_people_agreed_before_it() -> None:
    codings = [coding(UNITS[0], "bolig"), coding(UNITS[0], "vakt", coder="ola")]
    agreed = coding(UNITS[0], "bolig", coder="konsensus")
    marks = [(who, UNITS[0].note_id) for who in ("kari", "ola", "konsensus")]
    said = judge([*codings, agreed], marks, UNITS[:1], IDS)
    rows = {row.code: row for row in code_rows(codes_to_learn(BOOK), said, np.full((1, 3), 0.9), 0.5)}
    assert rows["bolig"].human_f1 == rows["vakt"].human_f1 == 0
    assert rows["bolig"].f1 == 1
    assert rows["vakt"].precision == 0
