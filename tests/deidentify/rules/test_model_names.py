"""What the model calls a person is masked only where one of the rules holds."""

import pytest

from kafe.deidentify.rules.model_names import filter_model_names
from kafe.deidentify.words import words


def judged(text: str, *, proper: bool = True, common: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Return words and rule of what is masked where the model calls all of `text` after `|` a person."""
    before, _, person = text.rpartition("|")
    view = before + person
    person, _, after = person.partition("^")
    view = before + person + after
    tagged = [(len(before), len(before + person), proper)]
    found = filter_model_names(view, words(view), tagged, common)
    return [(view[span.start : span.end], span.rule) for span in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gikk til |Xolani Hansen", [("Xolani Hansen", "several_words_one_listed")]),
        ("gikk til |Xolani Dube", [("Xolani Dube", "several_words_unlisted")]),
        ("møtte |Xo", []),
        ("var på kafe |Xolani", []),
        ("gikk med |Liv", [("Liv", "listed_word_in_sentence")]),
        ("gikk med |Xolani", [("Xolani", "proper_noun")]),
        ("bor i |Xolani", []),
        ("|Xolani", []),
        ("|Xolani^ sa nei", [("Xolani", "proper_noun")]),
        ("|Snorrel M.", [("Snorrel M", "proper_noun")]),
        ("|Hilsen Xolani", [("Xolani", "proper_noun")]),
        ("til |Hilsen Xolani Dube", [("Xolani Dube", "several_words_unlisted")]),
        ("gikk med |Xolani. Neste", [("Xolani", "proper_noun")]),
        ("til |", []),
    ],
)  # fmt: skip
def test_the_rule_that_holds_decides(text: str, expected: list[tuple[str, str]]) -> None:
    assert judged(text) == expected


def test_unlisted_words_need_the_models_own_tag_and_no_lower_case_elsewhere() -> None:
    assert judged("til |Xolani", proper=False) == judged("til |Xolani", common=("xolani",)) == []
    assert judged("til |Xolani Dube", proper=False) == judged("til |Xolani Dube", common=("dube",)) == []
    assert judged("til |Xolani Hansen", proper=False, common=("xolani",)) != []
