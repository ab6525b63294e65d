"""The last word on known forms: tags, features and lemmas by written standard, after the pipeline's own guess.

One pipeline serves Bokmål and Nynorsk, and *er* is a form of *være* in one and of *vere* in the other.
What the treebank's training part leaves no doubt about is looked up; the rest stays as predicted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.language import Language
from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from kafe.language.components.table_component import TableComponent

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


class Lexicon(TableComponent):
    """Tables a standard: form → part of speech, `form TAB tag` → features and lemma; form → log-odds."""

    FILE = "lexicon.msgpack.gz"
    TABLES = ("tables", "odds")

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


@Language.factory("kafe_lexicon", assigns=["token.pos", "token.morph", "token.lemma"])
def make_lexicon(nlp: Language, name: str) -> Lexicon:
    """Return an empty lexicon; its tables are read with the pipeline."""
    return Lexicon({}, {})


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
