"""What a piece of a note is: a problem, a proposal, both, or neither; and how sure that is."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from kafe.language.bundled import RESOURCES
from kafe.language.models import encode
from kafe.language.norm import norm_forms
from kafe.strings import TAG

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix
    from spacy.tokens import Doc, Span

Kind = Literal["problem", "proposal", "both", "other"]
KINDS: tuple[Kind, ...] = ("problem", "proposal", "both", "other")
LETTERS = dict(zip(KINDS, "PTBO", strict=True))
WEIGHTS = "proposals.npz"
FEATURES = 2**13
TAGS = 2**9
MEANING_SHARE = 1.0
GRAMMAR_SHARE = 0.5
TAG_SHARE = 0.3
"""How far the parts of a row reach (tuned by cross-validation of the labelled notes; docs/dev/proposals.md)."""
ASKED = 1.1
"""How much a question that asks for one kind lifts its log-odds: threefold (docs/decisions/0021-problem-or-proposal.md)."""

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[.!?;:\n–]+\s*")
_MODAL = "må|bør|burde|skal|skulle|kunne|trenger|treng|trengs|trengst|ønsker|ønskjer|vil ha|viktig|la|gjerne"
_GRAMMAR = {
    "modal": rf"\b(?:{_MODAL})\b",
    "modal first": rf"^\W*(?:{_MODAL})\b",
    "hypothetical": r"\b(?:hadde vært|hadde vore|kunne vi|hva med|kva med|ville|fekk eg|får jeg|skulle ønske)\b",
    "negation": r"\b(?:ikke|ikkje|kje|ikkj|ittj|aldri|ingen|inga|ingenting|verken|heller)\b",
    "without": r"\b(?:uten|utan) (?:at|å)\b",
    "lack": r"\b(?:mangl\w*|mangel|manglende|savn\w*|fattes|lite|dårlig\w*|dårleg\w*|uklar\w*|umulig\w*)\b",
    "too": r"\b(?:for|altfor) (?:lite|lang\w*|få|mange|mye|mykje|sein\w*|sent|høy|vanskel\w*|dårl\w*|tidlig|brå)\b",
    "negated first": r"^\W*(?:ingen|ikke|ikkje|aldri|manglende|mangel)\b",
    "asked": r"\?\s*$",
    "who asked": r"^\W*(?:hvem|kven|hvordan|korleis|hva|kva|hvorfor|kvifor|når)\b.*\?",
    "first person": r"\b(?:jeg|eg|æ|meg|min|mitt|mi|me|vi|oss|vår|vårt)\b",
    "third person": r"\b(?:han|hun|ho|de|dei|moren?|mor|kona|sønnen)\b",
    "past": r"\b(?:ble|vart|blei|var|hadde|fikk|fekk|kom|sa|sto|måtte|gikk|gjekk|ringte|sluttet|slutta)\b",
    "present passive": r"\b(?:blir|vert)\b",
    "infinitive first": r"^\W*(?:å )?[a-zæøå]{2,}e\b",
    "infinitive mark": r"^\W*å\b",
    "participle first": r"^\W*\w{3,}(?:t|et|skrevet|skriven|lagt|sendt|kastet|avvist)\b",
    "so": r"\b(?:så|derfor|difor|slik at|ellers|elles|i stedet|i staden)\b",
    "number": r"\b(?:én|ett|en|ein|eit|samme|same|fast|felles|egen|eigen|eget|flere|fleire|mer|meir|bedre|betre)\b",
    "shared first": r"^\W*(?:én|ett|ein|eit|samme|same|fast|faste|felles|egen|flere|fleire|mer|bedre|betre)\b",
    "praise": r"\b(?:bra|godt|god|fint|fungerer|hjalp|hjelpte|takk|trives|kjempe\w*|virket|verkar|lettelse)\b",
    "bullet": r"^\s*[-•*]",
}
_TESTS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _GRAMMAR.values())
_LENGTHS = (1, 3, 6, 12, 25)
LONG = 20
_ASKS = {
    "problem": r"kjennetegn|kjenneteikn|utfordr|problem|vanskelig|vanskeleg|svikt|hindr|hva er galt|ikke fungerer",
    "proposal": r"tiltak|forslag|framlegg|løs|forbedr|betre|bedre|skal skje|bør|ønsk|hva må|kva må",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What a text is taken to be, and the probability that it is."""

    kind: Kind
    probability: float

    @property
    def letter(self) -> str:
        """P, T, B or O."""
        return LETTERS[self.kind]


def kinds(docs: Sequence[Doc | Span], questions: Sequence[str] = ()) -> list[Judged]:
    """Return for each annotated text whether it tells of a problem, proposes something, does both, or neither.

    A logistic regression on the meaning of the text, its words and what its grammar shows, with probabilities
    calibrated on folds held out (`kafe language train-proposals`). `questions`, one a text or none, are what the texts
    answer: one that asks for problems or for measures makes that kind likelier. A text without letters is `other`.
    """
    import numpy as np

    if not docs:
        return []
    model, texts = weights(), [doc.text for doc in docs]
    scores = (features(docs) @ model["weights"] + model["bias"]) * float(model["slope"])
    asked = [asks_for(question) for question in questions] or [""] * len(texts)
    for row, (kind, text) in enumerate(zip(asked, texts, strict=True)):
        if kind:
            scores[row, KINDS.index(kind)] += ASKED
        if not _WORD.search(TAG.sub(" ", text)):
            scores[row] = [-9, -9, -9, 9]
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares = odds / odds.sum(axis=1, keepdims=True)
    best = shares.argmax(axis=1)
    return [Judged(KINDS[kind], round(float(row[kind]), 3)) for kind, row in zip(best, shares, strict=True)]


@cache
def asks_for(question: str) -> Kind | Literal[""]:
    """Return the kind that a question asks for; nothing where it asks for none, or for both."""
    found = [kind for kind in KINDS[:2] if re.search(_ASKS[kind], question, re.IGNORECASE)]
    return found[0] if len(found) == 1 else ""


def features(docs: Sequence[Doc | Span]) -> csr_matrix:
    """Return a row a text: static vector, hashed n-grams of norm forms and letters, marks of its grammar, tags."""
    from scipy.sparse import csr_matrix, hstack

    plain = [TAG.sub(" ", doc.text) for doc in docs]
    words = [norm_forms(_WORD.findall(text.lower())) for text in plain]
    meaning = encode([" ".join(row) for row in words])
    parts = [
        csr_matrix(meaning * MEANING_SHARE),
        _hashed([_grams(row) for row in words], FEATURES, norm=True),
        csr_matrix(_grammar(plain) * GRAMMAR_SHARE),
        _hashed([_tags(doc) for doc in docs], TAGS, norm=False) * TAG_SHARE,
    ]
    return hstack(parts, format="csr").astype("float32")


def _grammar(texts: Sequence[str]) -> NDArray[np.float32]:
    import numpy as np

    rows = []
    for text in texts:
        low = text.strip()
        count = len(_WORD.findall(low))
        marks = [float(bool(test.search(low))) for test in _TESTS]
        marks += [float(count <= length) for length in _LENGTHS]
        marks.append(float(len([part for part in _SENTENCE.split(low) if len(part) > 2]) > 1))
        last = _SENTENCE.split(low.rstrip(" .!?"))[-1]
        marks += [float(bool(test.search(last))) for test in _TESTS[:6]]
        rows.append(marks)
    return np.array(rows, dtype=np.float32)


def _hashed(rows: Sequence[Iterator[str]], size: int, *, norm: bool) -> csr_matrix:
    """Return which of the names each row has, by hash; `norm`: rows of length 1."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.preprocessing import normalize

    places = [sorted({zlib.crc32(name.encode()) % size for name in row}) for row in rows]
    ends = np.cumsum([0, *map(len, places)])
    flat = np.array([place for row in places for place in row], dtype=np.int32)
    found = csr_matrix((np.ones(len(flat), np.float32), flat, ends), shape=(len(rows), size))
    return normalize(found) if norm else found


def _tags(doc: Doc | Span) -> Iterator[str]:
    """Yield parts of speech and forms of the verbs: of the first words, the last one, and any verb."""
    tokens = [token for token in doc if not token.is_punct and not token.is_space]
    finite = False
    for place, token in enumerate(tokens):
        morph = token.morph
        tag = "|".join(
            [token.pos_, *morph.get("VerbForm", []), *morph.get("Mood", []), *morph.get("Tense", [])]
        )
        if place < 2:
            yield f"{place} {tag}"
        if place == len(tokens) - 1:
            yield f"last {tag}"
        if token.pos_ in ("VERB", "AUX"):
            yield f"any {tag}"
            finite = finite or bool(morph.get("Tense", [])) or "Fin" in morph.get("VerbForm", [])
        yield from (f"person {person}" for person in morph.get("Person", [])[:1])
    if not finite:
        yield "no finite verb"
    yield f"length {min(len(tokens), LONG) // 2}"


def _grams(words: Sequence[str]) -> Iterator[str]:
    for first, second in zip(["<", *words], [*words, ">"], strict=True):
        yield f"{first} {second}"
    for word in words:
        yield f"={word}"
        yield from (word[at : at + 4] for at in range(max(1, len(word) - 3)))
        yield f"{word[-3:]}>"


@cache
def weights() -> dict[str, np.ndarray]:
    """Return the weights (features × kinds), the bias, and the slope that calibrates."""
    import numpy as np

    with np.load(RESOURCES / WEIGHTS) as data:
        return {name: data[name].astype(np.float32) for name in ("weights", "bias", "slope")}
