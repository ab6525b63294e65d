"""Words broken at the end of a line: which hyphens go and which stay."""

import re
from collections import Counter

_KEPT_PREFIXES = frozenset({"ikke", "non", "eks"})
_ABBREVIATION = 4
_LAST = re.compile(r"([^\W_]+(?:[-/][^\W_]+)*)-$")
_FIRST = re.compile(r"([^\W_]+)")
_COMPOUND = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
_WORD = re.compile(r"[^\W_]+")


class DocumentWords:
    """The words of a document as they stand inside lines: what a broken word may be compared with."""

    def __init__(self, lines: list[str]):
        inside = [line[: -len(last[0])] if (last := _LAST.search(line)) else line for line in lines]
        self.counts = Counter(word.casefold() for line in inside for word in _WORD.findall(line))
        self.hyphened = Counter(word.casefold() for line in inside for word in _COMPOUND.findall(line))

    def join(self, before: str, after: str) -> str:
        """Return two lines as one, the word broken between them mended.

        The hyphen stays where a capital or a digit is beside it, where `og`, `eller` or `samt` follows
        (a shared second part), where its first part is one letter, an abbreviation or a prefix that takes one, and where
        the document writes the word with a hyphen elsewhere; a slash after it stays too. Else it goes.
        """
        last, first = _LAST.search(before), _FIRST.match(after)
        if not last or not first:
            mended = "" if last else self._broken_without_hyphen(before, after)
            return mended or f"{before} {after}"
        left, right = last[1].rpartition("/")[2], first[1]
        if right.casefold() in ("og", "eller", "samt", "til", "and", "or"):
            return f"{before} {after}"
        whole = f"{left}-{right}".casefold()
        closed = (left.rpartition("-")[2] + right).casefold()
        capitals = left.isupper() and right.isupper() and len(left) > _ABBREVIATION and len(right) > 1
        keep = (
            (right[0].isupper() and not capitals)
            or right[0].isdigit()
            or left[-1].isdigit()
            or len(left) == 1
            or (left[-1].isupper() and len(left) > 1 and not capitals)
            or left.casefold() in _KEPT_PREFIXES
            or (self._hyphened(whole) > self.counts[closed])
        )
        return before + after if keep else before[:-1] + after

    def _hyphened(self, whole: str) -> int:
        return sum(count for word, count in self.hyphened.items() if word == whole or word.startswith(whole))

    def _broken_without_hyphen(self, before: str, after: str) -> str:
        """Return the lines joined without a space when only that makes a word the document knows."""
        tail, head = re.search(r"([^\W\d_]+)$", before), re.match(r"([^\W\d_]+)", after)
        if not tail or not head or not head[1].islower():
            return ""
        whole = (tail[1] + head[1]).casefold()
        known_whole = self.counts[whole]
        if known_whole and self.counts[head[1]] <= 1 < len(head[1]) and self.counts[tail[1].casefold()] <= 1:
            return before + after
        return ""
