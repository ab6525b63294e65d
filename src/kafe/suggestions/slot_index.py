"""Which words of the codebook's patterns a word of a text can stand for."""

from collections import defaultdict
from collections.abc import Iterable

from kafe.codebook import patterns
from kafe.language.norm import base_forms, members, norm_form


def _norm_of(word: str) -> str:
    """Return the norm form of a pattern's word; the word itself where that is a verb in the present.

    *gjeld* is debt in Bokmål and *gjelder* in Nynorsk: who writes it in a pattern means the debt.
    """
    norm = norm_form(word)
    return word if norm.endswith("er") and norm.startswith(word) else norm


class SlotIndex:
    """Which slots a word can fill, looked up by its beginnings and endings instead of slot by slot.

    A word fills a slot by itself or by its norm form, so that a pattern in one written standard finds the
    other; a plain word of a pattern is compared by its norm form, too.
    """

    def __init__(self) -> None:
        self._count = 0
        self._whole: dict[str, set[int]] = defaultdict(set)
        self._start: dict[str, set[int]] = defaultdict(set)
        self._end: dict[str, set[int]] = defaultdict(set)
        self._within: dict[str, set[int]] = defaultdict(set)
        self._part: dict[str, set[int]] = defaultdict(set)

    def add(self, slot: patterns.Slot) -> int:
        """Return the number given to a slot."""
        for word in slot.alternatives:
            if word.startswith(patterns.COMPOUND):
                plain = word.removeprefix(patterns.COMPOUND)
                self._add_whole(plain)
                self._part[_norm_of(plain)].add(self._count)
            elif "*" not in word:
                self._add_whole(word)
            else:
                kinds = {(0, 1): self._start, (1, 0): self._end, (1, 1): self._within}
                kinds[word.startswith("*"), word.endswith("*")][word.strip("*")].add(self._count)
        self._count += 1
        return self._count - 1

    def _add_whole(self, word: str) -> None:
        for form in {word, _norm_of(word)}:
            self._whole[form].add(self._count)

    def slots(self, forms: Iterable[str]) -> frozenset[int]:
        """Return the numbers of the slots that a word can fill, given its lower-cased form and lemma."""
        written = set(forms)
        found: set[int] = set()
        for form in written | {norm_form(form) for form in written}:
            found |= self._whole.get(form, set())
            for cut in range(len(form) + 1):
                found |= self._start.get(form[:cut], set()) | self._end.get(form[cut:], set())
            for part, slots in self._within.items():
                if part in form:
                    found |= slots
        if self._part:
            for form in written:
                for part in members(form):
                    for base in base_forms(part):
                        found |= self._part.get(norm_form(base), set())
        return frozenset(found)
