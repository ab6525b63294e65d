"""How well a pipeline does on a CoNLL-U file with gold tokens: treebank text or annotated notes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from kafe.language.training.treebank import Sentence, TreebankWord, documents, read_conll
from kafe.language.units import units

COMMENT = re.compile(r"#\s*(\w+)\s*=\s*(.*?)\s*$")


@dataclass(frozen=True)
class AnnotatedNote:
    """A note of a file with `# note_id` comments; `facts` are the comments before its first unit."""

    note_id: str
    facts: dict[str, str]
    units: list[Sentence]

    @property
    def words(self) -> list[TreebankWord]:
        """The tokens of all units in order."""
        return [word for unit in self.units for word in unit]

    @property
    def text(self) -> str:
        """The note as it was written, line breaks too (`SpaceAfter=No`, `SpacesAfter=\\n`)."""
        return "".join(word.form + spacing(word) for word in self.words).rstrip()

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Character spans of the units within `text`, without leading bullets (`Bullet=Yes`)."""
        found = []
        position = 0
        for unit in self.units:
            starts, ends = [], []
            for word in unit:
                if "Bullet=Yes" not in word.misc.split("|"):
                    starts.append(position)
                ends.append(position + len(word.form))
                position += len(word.form) + len(spacing(word))
            found.append((starts[0], ends[-1]))
        return found


def spacing(word: TreebankWord) -> str:
    """Return the white space that follows a word in its text."""
    for part in word.misc.split("|"):
        if part.startswith("SpacesAfter="):
            return part.removeprefix("SpacesAfter=").replace("\\n", "\n").replace("\\s", " ")
    return " " if word.space_after else ""


def read_notes(path: Path) -> list[AnnotatedNote]:
    """Return the notes of a CoNLL-U file whose sentences each carry `# note_id`; [] where none does.

    Raises ValueError where some sentences carry it and others do not.
    """
    blocks = list(_comments(path))
    sentences = read_conll(path)
    ids = [block.get("note_id", "") for block in blocks]
    if not any(ids):
        return []
    if not all(ids) or len(blocks) != len(sentences):
        raise ValueError(f"{path}: every sentence needs `# note_id = …`, or none")
    notes: dict[str, AnnotatedNote] = {}
    for note_id, facts, sentence in zip(ids, blocks, sentences, strict=True):
        notes.setdefault(note_id, AnnotatedNote(note_id, facts, [])).units.append(sentence)
    return list(notes.values())


def _comments(path: Path) -> Iterator[dict[str, str]]:
    """Yield, a sentence, its `# key = value` comments."""
    facts: dict[str, str] = {}
    within = False
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if match := COMMENT.match(line):
            facts[match[1]] = match[2]
        within = within or line[:1].isdigit()
        if not line.strip() and within:
            yield facts
            facts, within = {}, False


def evaluate_conllu(nlp: Language, path: Path) -> dict:
    """Return the pipeline's scores on the CoNLL-U file, each between 0 and 1.

    Keys: `pos`, `morph`, `lemma` (accuracy over tokens; `morph` is None where no token of the file has
    features), `sentence_f`, `entity_f`, `entity_p`, `entity_r` (exact spans and labels) and `entities`
    (label → F), beside `tokens` and `sentences`. Tokens are the file's. Treebank text is cut in
    documents of ten sentences, as in training; in a file of notes each note is a document, and `unit_f`
    (exact character spans) tells how well `units` divides the notes' raw text. Names are read from
    `name=` in MISC (IOB). Raises ValueError on a malformed line.
    """
    sentences = read_conll(path)
    if not sentences:
        raise ValueError(f"{path}: no sentences found; expected CoNLL-U with ten columns")
    notes = read_notes(path)
    gold = gold_documents(nlp, sentences, notes)
    scores = Scorer(nlp).score(predictions(nlp, gold))
    labels = scores.get("ents_per_type") or {}
    annotated = any(word.feats != "_" for sentence in sentences for word in sentence)
    return {
        "tokens": sum(len(doc) for doc in gold),
        "sentences": len(sentences),
        "pos": _round(scores.get("pos_acc")),
        "morph": _round(scores.get("morph_acc")) if annotated else None,
        "lemma": _round(scores.get("lemma_acc")),
        "sentence_f": _round(scores.get("sents_f")),
        **({"unit_f": _round(unit_f(nlp, notes))} if notes else {}),
        "entity_f": _round(scores.get("ents_f")),
        "entity_p": _round(scores.get("ents_p")),
        "entity_r": _round(scores.get("ents_r")),
        "entities": {label: _round(values["f"]) for label, values in sorted(labels.items())},
    }


def gold_documents(nlp: Language, sentences: list[Sentence], notes: list[AnnotatedNote]) -> list[Doc]:
    """Return reference documents: one a note where there are notes, else one for ten sentences."""
    if not notes:
        return list(documents(sentences, nlp.vocab, spacing_known=True))
    return [
        doc
        for note in notes
        for doc in documents(note.units, nlp.vocab, spacing_known=True, size=len(note.units))
    ]


def predictions(nlp: Language, gold: list[Doc]) -> list[Example]:
    """Return the pipeline's analysis of each document's tokens beside the reference."""
    blank = [
        Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]) for doc in gold
    ]
    return [Example(predicted, reference) for predicted, reference in zip(nlp.pipe(blank), gold, strict=True)]


def unit_f(nlp: Language, notes: list[AnnotatedNote]) -> float:
    """Return the F score of `units` on the notes' raw text, by exact character spans."""
    hits = found = wanted = 0
    for note, doc in zip(notes, nlp.pipe([note.text for note in notes]), strict=True):
        predicted = {(unit.start, unit.end) for unit in units(note.note_id, doc)}
        gold = set(note.spans)
        hits += len(predicted & gold)
        found += len(predicted)
        wanted += len(gold)
    return 2 * hits / (found + wanted)


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
