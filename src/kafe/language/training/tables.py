"""The tables of the components that look up, learned from the treebank's training part."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from kafe.language.components.entity_corrections import most_frequent, without_genitive
from kafe.language.components.lexicon import Lexicon, Table
from kafe.language.training.treebank import Sentence

CERTAIN = 0.98
"""The share of a form's occurrences that an analysis must have to be looked up."""
NAME_CERTAIN = 0.9
"""The share of a name's occurrences that a kind must have."""
SEEN = 3
"""Occurrences before a form's part of speech or features, or a name's kind, are called certain."""


def learn_lexicon(sentences: Mapping[str, Iterable[Sentence]]) -> Lexicon:
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


def known_names(sentences: Iterable[Sentence]) -> dict[str, str]:
    """Return name → kind for what is always the same kind in the sentences, persons left out."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        words: list[str] = []
        label = ""
        for form, name in [*((word.form, word.name) for word in sentence), ("", "O")]:
            if words and not name.startswith("I-"):
                counts[without_genitive(" ".join(words))][label] += 1
                words = []
            if name.startswith("B-"):
                words, label = [form], name[2:]
            elif name.startswith("I-"):
                words.append(form)
    return {
        name: most_frequent(labels)
        for name, labels in sorted(counts.items())
        if labels.total() >= SEEN
        and labels.most_common(1)[0][1] >= NAME_CERTAIN * labels.total()
        and "PER" not in labels
    }
