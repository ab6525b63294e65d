"""Which question a heading, a cell or a form header asks."""

import hashlib
import re
from difflib import SequenceMatcher

from kafe.strings import UNACCENTED, ascii_slug

_SAME = 0.82
_LONGEST_ID = 40
_NUMBERED = re.compile(
    r"^\s*(?P<word>spørsmål(?:snummer|snr)?|spm|sp|question|q)?\.?\s*(?:nr|nummer|no)?\.?\s*"
    r"(?P<number>\d{1,2})(?!\d)(?P<end>\s*[.):–—-]+|\s+|$)\s*(?P<text>.*)$",
    re.IGNORECASE | re.DOTALL,
)


def fold(text: str) -> str:
    """Return the text's letters and digits in lower case, without spaces, punctuation and accents."""
    return "".join(char for char in text.casefold().translate(UNACCENTED) if char.isalnum())


def short_id(text: str) -> str:
    """Return an id of ASCII letters, digits and dashes; a cut text ends in a hash of the whole."""
    whole = ascii_slug(text)
    if whole and len(whole) <= _LONGEST_ID:
        return whole
    mark = hashlib.sha256(fold(text).encode()).hexdigest()[:4]
    return f"{whole[:_LONGEST_ID].rpartition('-')[0]}-{mark}".lstrip("-")


def split_number(text: str) -> tuple[int, str, bool]:
    """Return number, text and whether a word for question stood before: `Spørsmål 2: Hvem?` → 2, `Hvem?`, True."""
    match = _NUMBERED.match(text)
    if not match or (not match["word"] and match["text"] and not match["end"].strip()):
        return 0, " ".join(text.split()), False
    return int(match["number"]), " ".join(match["text"].split()).strip(" :"), bool(match["word"])


class Questions:
    """The questions of a session: the declared ones first, then those found in the files."""

    def __init__(self, declared: dict[str, str]):
        self._declared = {key: (fold(key), fold(text)) for key, text in declared.items()}
        self._order = tuple(declared)
        self._seen: dict[tuple[str, bool], str] = {}
        self.texts = dict(declared)

    def known(self, text: str) -> str:
        """Return the id of the declared question that `text` names by id or by wording, or nothing.

        The wording may be cut short (at least three words) or differ a little (similarity .82).
        """
        wanted = fold(split_number(text)[1])
        if not wanted:
            return ""
        for key, (folded_key, folded) in self._declared.items():
            if wanted in (folded_key, folded):
                return key
        if len(wanted) < 8:
            return ""
        best, found = 0.0, ""
        for key, (_, folded) in self._declared.items():
            if not folded:
                continue
            if len(text.split()) >= 3 and (
                folded.startswith(wanted) or (len(folded) > 20 and folded in wanted)
            ):
                return key
            matcher = SequenceMatcher(None, wanted, folded, autojunk=False)
            if matcher.quick_ratio() > max(best, _SAME):
                best, found = max((best, found), (matcher.ratio(), key))
        return found if best >= _SAME else ""

    def find(self, text: str, *, trust_number: bool = True) -> str:
        """Return the id of the question `text` names, adding a new question when it is none of them.

        `trust_number`: a number alone, or before a wording nobody knows, counts among the declared
        questions; form exports number their columns in another way, so there it does not.
        """
        text = " ".join(text.split())
        if not text:
            return ""
        if (text, trust_number) not in self._seen:
            self._seen[text, trust_number] = self._find(text, trust_number)
        return self._seen[text, trust_number]

    def _find(self, text: str, trust_number: bool) -> str:
        if key := self.known(text):
            return key
        number, wording, worded = split_number(re.sub(r"[.,]0$", "", text))
        if trust_number and (worded or not wording) and 1 <= number <= len(self._order):
            return self._order[number - 1]
        wording = wording or text
        key = short_id(wording) if fold(wording) else short_id(text)
        self.texts.setdefault(key, wording)
        return key
