"""Notes made ready: what takes part, in what words, and what is set aside."""

from kafe.topics.inputs import TopicInput
from kafe.topics.words.prepared import prepared_notes

TEXTS = {"d": "Trygg bolig", "a": "vet ikke", "c": "trygg  BOLIG!", "b": "og så videre"}


def test_the_order_of_the_notes_makes_no_difference() -> None:
    turned = dict(sorted(TEXTS.items()))
    assert prepared_notes(TopicInput([*TEXTS], [*TEXTS.values()])) == prepared_notes(
        TopicInput([*turned], [*turned.values()])
    )


def test_non_answers_empty_notes_and_duplicates_are_set_aside_and_accounted_for() -> None:
    found = prepared_notes(TopicInput([*TEXTS], [*TEXTS.values()]))
    assert found.kept == ("c",)
    assert found.duplicates == {"d": "c"}
    assert found.aside == {"a": "non_answer", "b": "no_content"}
    assert {*found.kept, *found.duplicates, *found.aside} == {*TEXTS}


def test_notes_are_compared_by_all_words_but_negation() -> None:
    found = prepared_notes(TopicInput(["a"], ["Han har ikke bolig"]))
    assert found.similarity_words == (("han", "har", "bolig"),)
    assert found.lines == ["han har bolig"]
    assert found.words == (("ikke", "bolig"),)
