"""Sentence boundaries where nothing ends the sentence before: headings, list items, captions.

The pipeline's own component is right where there is a full stop. Between a heading and what follows
there is none; what tells is a word with a capital that is hardly ever written with one, and what the
words around it are.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import accumulate

from spacy.language import Language
from spacy.tokens import Doc

from kafe.language.components.table_component import TableComponent

BORDERLINE = 0.4
"""Probability from which a boundary is set; chosen by cross-validation on the development part."""
RARELY, SELDOM = 0.03, 0.15
"""Shares of a word's occurrences inside sentences that have a capital."""
NEVER = {"": -30.0}
"""Weights of a model that sets no boundary."""
FINAL = frozenset(".?!")
OPENING = frozenset({"-", "–", "—", "«", "(", '"'})
FINAL_OR_OPENING = FINAL | OPENING
REMEMBERED = 200_000
SHORT = 6
LONG = 20
FUNCTION_WORDS = frozenset(
    [
        "og",
        "i",
        "på",
        "av",
        "for",
        "til",
        "med",
        "som",
        "at",
        "den",
        "det",
        "de",
        "dei",
        "en",
        "ein",
        "et",
        "eit",
        "foto",
        "er",
        "har",
        "om",
        "frå",
        "fra",
        "les",
        "sa",
        "seier",
        "sier",
        "ved",
        "etter",
        "mellom",
        "under",
        "hos",
        "mot",
    ]
)


class SentenceBoundaries(TableComponent):
    """A logistic regression over the tokens where a sentence might start unannounced.

    `weights`: feature → weight, `""` the intercept. `capitals`: word → share with a capital inside
    sentences, for words below `SELDOM`.
    """

    FILE = "sentences.msgpack.gz"
    TABLES = ("weights", "capitals")

    def __init__(self, weights: Mapping[str, float], capitals: Mapping[str, float]):
        self.weights = dict(weights)
        self.capitals = dict(capitals)
        self._kinds: dict[int, tuple[bool, bool]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with the sentence starts that the model finds added."""
        starts = [
            index for index, features in self.candidates(doc) if self.probability(features) > BORDERLINE
        ]
        for index in starts:
            doc[index].is_sent_start = True
        return doc

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability that a sentence starts at a token with these features."""
        score = self.weights.get("", 0.0)
        score += sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

    def candidates(self, doc: Doc) -> Iterator[tuple[int, dict[str, float]]]:
        """Yield index and features of each token that could start a sentence after no final punctuation."""
        starts = (doc.to_array("SENT_START") == 1).tolist()
        kinds = [self._kind(form, doc) for form in doc.to_array("ORTH").tolist()]
        found = [
            index
            for index in range(1, len(kinds))
            if kinds[index][0] and not starts[index] and not kinds[index - 1][1]
        ]
        if not found:
            return
        words = [token.text for token in doc]
        tags = [token.pos_ for token in doc]
        shapes = [_shape(word) for word in words]
        usual = [self._usual(word) for word in words]
        latest = list(accumulate((i if start else 0 for i, start in enumerate(starts)), max))
        for index in found:
            yield index, _features(index, words, tags, shapes, usual, index - latest[index])

    def _kind(self, form: int, doc: Doc) -> tuple[bool, bool]:
        """Return whether a word could start a sentence, and whether it ends one or opens what follows."""
        kind = self._kinds.get(form)
        if kind is None:
            word = doc.vocab.strings[form]
            kind = (_shape(word) not in ("lower", "other"), word[-1] in FINAL_OR_OPENING)
            if len(self._kinds) < REMEMBERED:
                self._kinds[form] = kind
        return kind

    def _usual(self, word: str) -> str:
        share = self.capitals.get(word.lower())
        return "?" if share is None else "rarely" if share < RARELY else "seldom"


@Language.factory("kafe_sentences", assigns=["token.is_sent_start"], requires=["token.pos"])
def make_boundaries(nlp: Language, name: str) -> SentenceBoundaries:
    """Return a model that adds nothing; its weights are read with the pipeline."""
    return SentenceBoundaries(NEVER, {})


def _shape(word: str) -> str:
    if word[0].isalpha():
        if word[0].islower():
            return "lower"
        return "upper" if len(word) > 1 and word.isupper() else "capital"
    if word[0].isdigit():
        return "digit"
    return "dash" if word in "-–—" else "quote" if word in '«"“(' else "other"


def _features(
    index: int, words: list[str], tags: list[str], shapes: list[str], usual: list[str], since: int
) -> dict[str, float]:
    def at(values: list[str], offset: int) -> str:
        place = index + offset
        return values[place] if 0 <= place < len(values) else ""

    here, before, after = at(shapes, 0), at(shapes, -1), at(shapes, 1)
    tag, tag_before, tag_after, own = at(tags, 0), at(tags, -1), at(tags, 1), usual[index]
    short = float(since <= SHORT)
    features = {
        f"shape={here}": 1.0,
        f"shape-1={before}": 1.0,
        f"shape+1={after}": 1.0,
        f"usual={own} {here}": 1.0,
        f"usual-1={at(usual, -1)} {before}": 1.0,
        f"usual+1={at(usual, 1)} {after}": 1.0,
        f"tags={tag_before} {tag}": 1.0,
        f"tags+1={tag} {tag_after}": 1.0,
        f"usual tags={own} {tag} {tag_after}": 1.0,
        f"usual shapes={own} {here} {tag_before} {before}": 1.0,
        "since": min(since, LONG) / 10,
        "short": short,
        f"short {own}": short,
    }
    features |= {f"tag{offset}={at(tags, offset)}": 1.0 for offset in (-2, -1, 0, 1, 2)}
    if at(words, -1).lower() in FUNCTION_WORDS:
        features[f"word-1={at(words, -1).lower()}"] = 1.0
    return features
