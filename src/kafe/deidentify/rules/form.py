"""What a rule for identifiers with a form is: patterns, how sure each is, and what speaks against it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kafe.deidentify.rules.rule import MASKED_FROM
from kafe.deidentify.spans import Span


def regex(pattern: str, *, exact: bool = False) -> re.Pattern[str]:
    """Return the compiled verbose pattern; upper and lower case are the same to it unless `exact`."""
    return re.compile(pattern, re.VERBOSE if exact else re.VERBOSE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a pattern matches; its group `mask` is what is masked, all of it where there is none."""

    view: str
    match: re.Match[str]

    @property
    def span(self) -> tuple[int, int]:
        return self.match.span("mask" if "mask" in self.match.re.groupindex else 0)

    @property
    def text(self) -> str:
        return self.view[slice(*self.span)]

    @property
    def digits(self) -> str:
        return "".join(char for char in self.match[0] if char.isdigit())

    @property
    def before(self) -> str:
        """The 30 characters before the match."""
        return self.view[max(0, self.match.start() - 30) : self.match.start()]

    @property
    def after(self) -> str:
        """The 12 characters after the match."""
        return self.view[self.match.end() : self.match.end() + 12]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write an identifier: `confidence` is a number, or is worked out from the occurrence."""

    pattern: re.Pattern[str]
    confidence: float | Callable[[Occurrence], float]
    unless: Callable[[Occurrence], bool] | None = None

    def value(self, occurrence: Occurrence) -> float:
        """Return how sure the occurrence is an identifier, 0 where it is none."""
        if self.unless is not None and self.unless(occurrence):
            return 0.0
        return self.confidence if isinstance(self.confidence, float) else self.confidence(occurrence)


@dataclass(frozen=True, slots=True)
class FormRule:
    """A row of the table of forms. Where several forms match, the first and then the longest counts."""

    name: str
    kind: str
    why: str
    forms: tuple[Form, ...]
    digits: bool = True
    """Whether only a text with a digit can have it."""

    def spans(self, view: str) -> list[Span]:
        """Return what the rule would mask, in order of place, the longest first."""
        found = []
        for form in self.forms:
            for occurrence in (Occurrence(view, match) for match in form.pattern.finditer(view)):
                value = form.value(occurrence)
                if value >= MASKED_FROM:
                    found.append(Span(*occurrence.span, self.kind, "pattern", value, self.name))
        return sorted(found, key=lambda span: (span.start, -span.end))
