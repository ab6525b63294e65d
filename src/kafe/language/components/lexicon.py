"""The last word on known forms: tags, features and lemmas by written standard, after the pipeline's own guess.

One pipeline serves Bokmål and Nynorsk, and *er* is a form of *være* in one and of *vere* in the other.
What the treebank's training part leaves no doubt about is looked up; the rest stays as predicted.
"""

from __future__ import annotations

import gzip
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import srsly
from spacy.language import Language
from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

if TYPE_CHECKING:
    from kafe.language.training.treebank import Sentence

FILE = "lexicon.msgpack.gz"
CERTAIN = 0.98
"""The share of a form's occurrences that an analysis must have to be looked up."""
SEEN = 3
"""Occurrences before a form's part of speech or features are called certain."""
DECIDED = 2.0
"""Log-odds between the standards from which a text counts as written in one of them."""
SHORTEST_HEAD = 5
SHORTEST_MODIFIER = 3
DERIVED, INFLECTED = "els", ("elsen", "elser", "elsene")
"""Nouns in -else, which have no other lemma (216 of 216 plurals in the treebank's training part)."""
COMPOUNDING = frozenset({"NOUN", "ADJ", "VERB"})
READ = ["ORTH", "POS", "MORPH", "LEMMA", "SENT_START", "ENT_TYPE", "ENT_IOB"]
"""What the analysis of a token depends on, besides the standard and the next token's `ENT_IOB`."""
IOB = READ.index("ENT_IOB")
OUTSIDE = 2
REMEMBERED = 200_000
"""Analyses kept, so that a word met again is not looked up again."""

Table = dict[str, str]


class Lexicon:
    """Tables a standard: form → part of speech, `form TAB tag` → features and lemma; form → log-odds."""

    def __init__(self, tables: Mapping[str, Mapping[str, Table]], odds: Mapping[str, float]):
        self.tables = tables
        self.odds = odds
        self._odds = {get_string_id(form): odd for form, odd in odds.items()}
        self._known: dict[tuple, tuple] = {}
        self._common = {
            kind: _agreed([table[kind] for table in tables.values()]) for kind in ("pos", "feats", "lemma")
        }

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with what the lexicon knows for certain put in place of the predictions."""
        words = doc.to_array([*READ]).tolist()
        standard = self.standard(doc)
        following = [*(word[IOB] for word in words[1:]), OUTSIDE][: len(words)]
        for index, (word, after) in enumerate(zip(words, following, strict=True)):
            key = (standard, *word, after)
            known = self._known.get(key)
            if known is None:
                if len(self._known) >= REMEMBERED:
                    self._known.clear()
                known = self._known[key] = self._analysis(doc[index], standard)
            if known:
                token = doc[index]
                token.pos_, feats, token.lemma_ = known
                token.set_morph(feats)  # type: ignore[attr-defined]
        return doc

    def _analysis(self, token: Token, standard: str) -> tuple[str, str, str] | tuple[()]:
        """Return part of speech, features and lemma of a token; nothing where they are as predicted.

        It depends on what `READ` lists for the token and on whether a name goes on after it.
        """
        tables = self.tables.get(standard, self._common)
        form = token.lower_
        tag, feats, lemma = predicted = token.pos_, str(token.morph), token.lemma_
        if not _maybe_name(token):
            tag = tables["pos"].get(form, tag)
        if tag == "NOUN" and _person(token, standard):
            tag, lemma = "PROPN", token.text
        if tag != "PROPN":
            key = f"{form}\t{tag}"
            feats = tables["feats"].get(key, feats)
            lemma = tables["lemma"].get(key) or self._by_head(token, tag, tables) or lemma
        return () if (tag, feats, lemma) == predicted else (tag, feats, lemma)

    def standard(self, doc: Doc) -> str:
        """Return the written standard of a document, or an empty string when its words do not tell."""
        score = sum(self._odds.get(form, 0.0) for form in doc.to_array("LOWER").tolist())
        if abs(score) < DECIDED:
            return ""
        return "nno" if score > 0 else "nob"

    def _by_head(self, token: Token, tag: str, tables: Mapping[str, Table]) -> str:
        """Return the lemma of an unknown compound by its longest known head, *bolighjelpa* as *hjelpa*.

        Where no head is known, of a noun in -else.
        """
        form = token.lower_
        if tag not in COMPOUNDING or not form.isalpha() or token.is_upper:
            return ""
        for start in range(SHORTEST_MODIFIER, len(form) - SHORTEST_HEAD + 1):
            head = tables["lemma"].get(f"{form[start:]}\t{tag}")
            if head and head.islower():
                return form[:start] + head
        stem, derived, _ = form.rpartition(DERIVED) if form.endswith(INFLECTED) else ("", "", "")
        return f"{stem}{derived}e" if tag == "NOUN" and len(stem) >= SHORTEST_MODIFIER else ""

    def to_bytes(self, **_: Any) -> bytes:
        """Return the tables as compressed msgpack; the same tables give the same bytes."""
        return gzip.compress(srsly.msgpack_dumps({"tables": self.tables, "odds": self.odds}), mtime=0)

    def from_bytes(self, data: bytes, **_: Any) -> Lexicon:
        """Take over the tables of `to_bytes`; return itself."""
        found = srsly.msgpack_loads(gzip.decompress(data))
        self.__init__(found["tables"], found["odds"])  # type: ignore[misc]
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the tables to a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> Lexicon:
        """Read the tables from a folder; return itself."""
        return self.from_bytes((Path(path) / FILE).read_bytes())


@Language.factory("kafe_lexicon", assigns=["token.pos", "token.morph", "token.lemma"])
def make_lexicon(nlp: Language, name: str) -> Lexicon:
    """Return an empty lexicon; its tables are read with the pipeline."""
    return Lexicon({}, {})


def learn(sentences: Mapping[str, Iterable[Sentence]]) -> Lexicon:
    """Return the lexicon of sentences with UD tags, by standard (`nob`, `nno`).

    Proper names are left out: what a name's form is must follow from its context.
    """
    tables: dict[str, dict[str, Table]] = {}
    counts: dict[str, Counter[str]] = {}
    for standard, own in sentences.items():
        tags: dict[str, Counter[str]] = defaultdict(Counter)
        feats: dict[str, Counter[str]] = defaultdict(Counter)
        lemmas: dict[str, Counter[str]] = defaultdict(Counter)
        for word in (word for sentence in own for word in sentence):
            form = word.form.lower()
            key = f"{form}\t{word.pos}"
            tags[form][word.pos] += 1
            if word.pos != "PROPN":
                feats[key]["" if word.feats == "_" else word.feats] += 1
                lemmas[key][word.lemma] += 1
        tables[standard] = {
            "pos": {form: tag for form, tag in _certain(tags, SEEN).items() if tag != "PROPN"},
            "feats": _certain(feats, SEEN),
            "lemma": _certain(lemmas, 1),
        }
        counts[standard] = Counter({form: sum(seen.values()) for form, seen in tags.items()})
    return Lexicon(tables, _odds(counts))


def _certain(counts: Mapping[str, Counter[str]], least: int) -> Table:
    found = {}
    for key in sorted(counts):
        value, times = counts[key].most_common(1)[0]
        total = counts[key].total()
        if total >= least and times >= CERTAIN * total:
            found[key] = value
    return found


def _odds(counts: Mapping[str, Counter[str]]) -> dict[str, float]:
    """Return form → log-odds of Nynorsk against Bokmål, add-one smoothed, where it says something."""
    nob, nno = counts["nob"], counts["nno"]
    shift = math.log(nob.total() / nno.total())
    odds = {form: math.log((nno[form] + 1) / (nob[form] + 1)) + shift for form in nob | nno}
    return {form: round(odds[form], 2) for form in sorted(odds) if abs(odds[form]) > 1}


def _agreed(tables: Sequence[Table]) -> Table:
    """Return the entries that no table contradicts and every table has."""
    if not tables:
        return {}
    first, *others = tables
    return {key: value for key, value in first.items() if all(t.get(key) == value for t in others)}


def _person(token: Token, standard: str) -> bool:
    """Return whether the token is a word of a person's name; in Nynorsk only a family name.

    The treebank's Nynorsk has given names (those with a gender) as common nouns in two of three cases,
    its Bokmål never; the pipeline learns a little of each in both.
    """
    if token.ent_type_ != "PER" or not token.text[:1].isupper():
        return False
    following = token.nbor().ent_iob_ if token.i + 1 < len(token.doc) else "O"
    return standard != "nno" or (token.ent_iob_ == "I" and following != "I")


def _maybe_name(token: Token) -> bool:
    """Return whether the token is capitalised inside its sentence, or names something by its entity."""
    return token.ent_iob_ in ("B", "I") or (token.text[:1].isupper() and not token.is_sent_start)
