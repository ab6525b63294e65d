"""How well a pipeline does on a CoNLL-U file with gold tokens."""

from pathlib import Path

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from kafe.language.treebank import documents, read_conll


def evaluate_conllu(nlp: Language, path: Path) -> dict:
    """Return the pipeline's scores on the CoNLL-U file, each between 0 and 1.

    Keys: `pos`, `morph`, `lemma` (accuracy over tokens), `sentence_f`, `entity_f`, `entity_p`,
    `entity_r` (exact spans and labels) and `entities` (label → F), beside `tokens` and
    `sentences`. Tokens are the file's; the file is cut in documents of ten sentences, as in
    training. Names are read from `name=` in MISC (IOB). Raises ValueError on a malformed line.
    """
    sentences = read_conll(path)
    if not sentences:
        raise ValueError(f"{path}: no sentences found; expected CoNLL-U with ten columns")
    gold = list(documents(sentences, nlp.vocab, spacing_known=True))
    blank = [
        Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]) for doc in gold
    ]
    examples = [
        Example(predicted, reference) for predicted, reference in zip(nlp.pipe(blank), gold, strict=True)
    ]
    scores = Scorer(nlp).score(examples)
    labels = scores.get("ents_per_type") or {}
    return {
        "tokens": sum(len(doc) for doc in gold),
        "sentences": len(sentences),
        "pos": _round(scores.get("pos_acc")),
        "morph": _round(scores.get("morph_acc")),
        "lemma": _round(scores.get("lemma_acc")),
        "sentence_f": _round(scores.get("sents_f")),
        "entity_f": _round(scores.get("ents_f")),
        "entity_p": _round(scores.get("ents_p")),
        "entity_r": _round(scores.get("ents_r")),
        "entities": {label: _round(values["f"]) for label, values in sorted(labels.items())},
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
