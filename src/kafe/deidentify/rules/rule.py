"""What a rule is: a named reason to mask a candidate or to leave it, and how sure that makes us."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

MASKED_FROM = 0.5
"""Confidence from which a candidate is masked; rules that say to leave it have 0."""
SURE = 0.8
"""Confidence from which a name is looked for in the rest of the material."""

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rule that decided says of a candidate, and where what it speaks of ends in the text."""

    rule: str
    value: float
    end: int
    threshold: float = MASKED_FROM

    @property
    def passed(self) -> bool:
        """Whether the candidate is to be masked."""
        return self.value >= self.threshold


@dataclass(frozen=True, slots=True)
class Rule(Generic[C]):
    """A row of a table of rules: `end_of` returns where the name ends, or None where the rule does not hold.

    The function's name is the rule's, its docstring the reason.
    """

    confidence: float
    end_of: Callable[[C], int | None]

    @property
    def name(self) -> str:
        return self.end_of.__name__


def first_verdict(rules: Iterable[Rule[C]], candidate: C) -> Verdict | None:
    """Return the verdict of the first rule in the table that holds for the candidate."""
    for rule in rules:
        end = rule.end_of(candidate)
        if end is not None:
            return Verdict(rule.name, rule.confidence, end)
    return None
