from kafe.topics.words.content_words import content_words
from kafe.topics.words.terms import with_terms

PLAN = "Alle skal ha individuell plan. Koordinator følger opp."
OTHER = ["En plan for bolig", "Individuell oppfølging hjelper", "Huset er kaldt", "Legen ringte aldri"]
NAMES = ("Kari", "Ola", "Per", "Mona", "Eli", "Geir", "Tor", "Liv")


def terms(texts, lemmas=None):
    return with_terms(texts, lemmas, content_words(texts, lemmas))


def test_neighbours_that_meet_more_often_than_chance_are_one_term():
    found, forms = terms([*[PLAN.replace("Alle", name) for name in NAMES], *OTHER])
    assert all("individuell plan" in note and "plan" not in note for note in found[:8])
    assert "plan" in found[8] and "individuell plan" not in found[8]
    assert forms["individuell plan"] == "individuell plan"


def test_a_pair_in_fewer_than_three_notes_is_no_term():
    found, forms = terms([PLAN, PLAN.upper(), *OTHER])
    assert forms == {}
    assert all(" " not in word for note in found for word in note)


def test_words_of_two_sentences_are_no_neighbours():
    texts = [f"Vi trenger bolig. Lege nummer {name} ringte." for name in ("en", "to", "tre")]
    assert "bolig lege" not in terms(texts + OTHER * 3)[1]


def test_inflected_words_meet_as_lemmas_and_are_shown_as_mostly_written():
    texts = [f"Individuelle planer {name}" for name in NAMES] + [
        f"individuell plan {name}" for name in NAMES[:3]
    ]
    lemmas = [["individuell", "plan", text.split()[-1]] for text in texts] + content_words(OTHER, None)
    found, forms = terms([*texts, *OTHER], lemmas)
    assert forms["individuell plan"] == "individuelle planer"
    assert [note.count("individuell plan") for note in found] == [1] * 11 + [0] * 4
