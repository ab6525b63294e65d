import numpy as np
from scipy.sparse import csr_matrix

from kafe.topics.naming import CONSIDERED, FEWEST_WORDS, words_of
from kafe.topics.words.stopwords import general_words, stopwords


def named(notes: list[str], labels: list[int], heavy: list[str]) -> list[tuple[str, ...]]:
    """Return the words of each group, heaviest as listed: each group weighs its own words so, the rest less."""
    rows = [note.split() for note in notes]
    terms = sorted({word for row in rows for word in row})
    rank = {word: 2.0 - place / 10 for place, word in enumerate(heavy)}
    weights = np.zeros((max(labels) + 1, len(terms)))
    for row, label in zip(rows, labels, strict=True):
        for word in row:
            weights[label, terms.index(word)] = rank.get(word, 0.01)
    found = words_of(csr_matrix(weights), terms, rows, np.array(labels), {})
    assert all(tuple(form for form, _ in shown) == own for own, shown in found)
    return [own for own, _ in found]


def test_heavy_words_of_several_notes_that_meet_describe_in_order_of_weight():
    notes = ["buss kjører sjelden"] * 4 + ["bolig leie dyr"] * 4
    found = named(notes, [0] * 4 + [1] * 4, ["buss", "kjører", "sjelden", "bolig", "leie", "dyr"])
    assert found == [("buss", "kjører", "sjelden"), ("bolig", "leie", "dyr")]


def test_a_word_that_never_meets_the_others_and_means_something_else_is_left_out():
    notes = ["buss rute holdeplass"] * 4 + ["tannpine"] * 4
    others = ["tannpine bolig leie"] * 4
    found = named(notes + others, [0] * 8 + [1] * 4, ["buss", "tannpine", "rute", "holdeplass", "bolig"])
    assert found[0] == ("buss", "rute", "holdeplass")


def test_words_that_mean_the_same_stand_together_though_no_note_holds_both():
    notes = ["fastlege treig"] * 4 + ["doktor treig"] * 4 + ["bolig leie dyr"] * 8
    assert {"fastlege", "doktor"} <= set(named(notes, [0] * 8 + [1] * 8, ["fastlege", "doktor", "bolig"])[0])


def test_general_words_name_nothing_unless_there_is_nothing_else():
    assert named(["folk dag buss rute"] * 4, [0] * 4, ["folk", "dag", "buss"]) == [("buss", "rute")]
    assert set(named(["folk dag"] * 4, [0] * 4, ["folk"])[0]) == {"folk", "dag"}
    assert not general_words() & stopwords()


def test_words_of_one_note_fill_up_only_where_few_are_left():
    held = ["buss", "rute", "sjåfør", "holdeplass"]
    notes = [f"{' '.join(held)} billett-{row} takst-{row}" for row in range(5)]
    assert set(named(notes, [0] * 5, [f"billett-{row}" for row in range(5)])[0]) == set(held)
    alone = named([f"billett{row} takst{row}" for row in range(5)], [0] * 5, ["billett0", "takst0"])[0]
    assert alone[:2] == ("billett0", "takst0") and len(alone) <= FEWEST_WORDS


def test_many_heavy_words_do_not_hide_what_many_notes_hold():
    notes = [f"buss rute sjåfør x{row}a x{row}b x{row}c" for row in range(3 * CONSIDERED)]
    heavy = [f"x{row}{letter}" for row in range(3 * CONSIDERED) for letter in "abc"]
    assert {"buss", "rute", "sjåfør"} <= set(named(notes, [0] * len(notes), heavy)[0])
