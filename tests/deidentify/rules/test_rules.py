"""The tables of rules: every row is named, explained, and has a case that it decides."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kafe.deidentify.rules import FORM_RULES, MODEL_RULES, NAME_RULES, find_forms, find_names
from kafe.deidentify.rules.candidates import Passage
from kafe.deidentify.rules.find_names import verdicts
from kafe.deidentify.rules.rule import MASKED_FROM, Rule, Verdict, first_verdict
from kafe.deidentify.spans import mask_found
from kafe.deidentify.words import words

CASES = Path(__file__).parents[1] / "cases.txt"


def plain_lines() -> list[str]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in lines if line.strip() and not line.startswith("#")]


def texts() -> Iterator[str]:
    for line in plain_lines():
        yield re.sub(r"<[\wæøå]+:([^<>]*)>", r"\1", line)


@pytest.mark.parametrize("rule", [*NAME_RULES, *MODEL_RULES], ids=lambda rule: rule.name)
def test_a_rule_for_names_says_why_and_is_sure_enough_to_mask_or_leaves_the_word(rule: Rule) -> None:
    assert rule.end_of.__doc__ and rule.end_of.__doc__.startswith("*")
    assert rule.confidence == 0.0 or MASKED_FROM <= rule.confidence <= 1.0


def test_rules_of_one_table_have_names_of_their_own() -> None:
    for table in (FORM_RULES, NAME_RULES, MODEL_RULES):
        names = [rule.name for rule in table]
        assert len({*names}) == len(names)
    assert all(rule.why for rule in FORM_RULES)


def test_every_rule_for_forms_finds_something_in_the_table_of_cases() -> None:
    used = {span.rule for text in texts() for span in find_forms(text)}
    assert [rule.name for rule in FORM_RULES if rule.name not in used] == []


def test_every_rule_for_names_decides_a_case_in_the_table_of_cases() -> None:
    used = set()
    for text in texts():
        view = mask_found(text, find_forms(text))
        used |= {verdict.rule for _, verdict in verdicts(Passage(view, words(view)))}
    assert [rule.name for rule in NAME_RULES if rule.name not in used] == []


def test_the_first_rule_that_holds_decides() -> None:
    def never(text: str) -> int | None:
        return None

    def long(text: str) -> int | None:
        return len(text) if len(text) > 3 else None

    def always(text: str) -> int | None:
        return 1

    table = (Rule(0.9, never), Rule(0.0, long), Rule(0.7, always))
    assert first_verdict(table, "lang") == Verdict("long", 0.0, 4)
    assert first_verdict(table, "kort"[:3]) == Verdict("always", 0.7, 1)
    assert not Verdict("long", 0.0, 4).passed and Verdict("always", 0.7, 1).passed
    assert first_verdict((Rule(0.9, never),), "x") is None


def test_a_span_names_the_rule_that_found_it() -> None:
    text = "Ring Kari Nordmann, fastlege Liv eller LIV HANSEN"
    found = [(text[span.start : span.end], span.rule) for span in find_names(text, words(text))]
    assert found == [
        ("Kari Nordmann", "first_name_and_more"),
        ("Liv", "introduced_first_name"),
        ("LIV HANSEN", "doubtful_name_all_in_capitals"),
    ]
