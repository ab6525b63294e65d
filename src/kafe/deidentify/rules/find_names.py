"""Names found by lists, cue words and shape: the table of the rules, and the search through it."""

from collections.abc import Iterator

from kafe.deidentify.rules import full_names as full
from kafe.deidentify.rules import single_names as single
from kafe.deidentify.rules.candidates import Candidate, Passage
from kafe.deidentify.rules.rule import Rule, Verdict, first_verdict
from kafe.deidentify.spans import Span
from kafe.deidentify.words import Word

NAME_RULES: tuple[Rule[Candidate], ...] = (
    Rule(0.85, full.initial_and_surname),
    Rule(0.95, full.first_name_and_more),
    Rule(0.85, full.doubtful_first_name_and_surname),
    Rule(0.85, full.unlisted_word_and_surname),
    Rule(0.85, full.unlisted_word_and_surname_alone),
    Rule(0.95, full.name_all_in_capitals),
    Rule(0.85, full.doubtful_name_all_in_capitals),
    Rule(0.8, full.name_in_lower_case),
    Rule(0.0, single.named_institution),
    Rule(0.75, single.first_name_in_lower_case),
    Rule(0.7, single.first_name_in_capitals),
    Rule(0.0, single.place_of_that_name),
    Rule(0.85, single.listed_name),
    Rule(0.75, single.introduced_first_name),
    Rule(0.7, single.relative_who_acts),
    Rule(0.7, single.introduced_surname),
    Rule(0.6, single.introduced_unlisted_word),
    Rule(0.6, single.cited_author),
)
"""In order of precedence: the first that holds decides, and with 0 the word stays."""


def find_names(view: str, words: tuple[Word, ...], places: frozenset[str] = frozenset()) -> Iterator[Span]:
    """Yield spans of names by lists and cues; `places` (lower case) are no surname after a doubtful first name."""
    for start, verdict in verdicts(Passage(view, words, places)):
        if verdict.passed:
            yield Span(start, verdict.end, "person", "names", verdict.value, verdict.rule)


def verdicts(passage: Passage) -> Iterator[tuple[int, Verdict]]:
    """Yield start and verdict of every candidate that a rule holds for; the search goes on after its end."""
    after = 0
    for index, (word, reading) in enumerate(zip(passage.words, passage.readings, strict=True)):
        if word.start < after or (word.shape == "lower" and reading.first is None):
            continue
        verdict = first_verdict(NAME_RULES, Candidate(passage, index))
        if verdict is not None:
            after = verdict.end
            yield word.start, verdict
