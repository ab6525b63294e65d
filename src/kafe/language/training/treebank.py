"""Training documents for the pipeline, made from the Norwegian Dependency Treebank.

The treebank's training part has NDT tags only, its development part both NDT and UD tags.
A back-off table learnt from the sentences that carry both maps NDT to UD (`UdMapping`);
spacing, which NDT lacks, follows from punctuation (`spaces`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

STANDARDS = ("nob", "nno")
SENTENCES_PER_DOCUMENT = 10
"""Several sentences a document, so that sentence boundaries are learnt."""


@dataclass(frozen=True)
class TreebankWord:
    """One token line of a CoNLL file; `pos` and `feats` are NDT or UD by the file's kind."""

    form: str
    lemma: str
    pos: str
    feats: str
    head: int
    deprel: str
    misc: str

    @property
    def name(self) -> str:
        """The IOB name label, `O` where the file has none."""
        for part in self.misc.split("|"):
            if part.startswith("name="):
                return part.removeprefix("name=")
        return "O"

    @property
    def space_after(self) -> bool:
        """Whether a space follows; true unless MISC says `SpaceAfter=No`."""
        return "SpaceAfter=No" not in self.misc.split("|")


Sentence = list[TreebankWord]


def read_conll(path: Path) -> list[Sentence]:
    """Return the sentences of a CoNLL-X or CoNLL-U file (multiword ranges and empty nodes skipped).

    Raises ValueError naming file and line where a line has not ten columns.
    """
    sentences: list[Sentence] = []
    words: Sentence = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            if words:
                sentences.append(words)
                words = []
            continue
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 10:
            raise ValueError(f"{path}, line {number}: expected 10 columns, found {len(cells)}")
        if not cells[0].isdigit():
            continue
        head = int(cells[6]) if cells[6].isdigit() else 0
        words.append(TreebankWord(cells[1], cells[2], cells[3], cells[5], head, cells[7], cells[9]))
    if words:
        sentences.append(words)
    return sentences


def _contexts(sentence: Sentence) -> list[tuple]:
    """Return, a word, what of its neighbours in the NDT tree decides its UD tag."""
    children: dict[int, list[TreebankWord]] = defaultdict(list)
    for word in sentence:
        children[word.head].append(word)
    contexts = []
    for index, word in enumerate(sentence, 1):
        below = children[index]
        filler = [child for child in below if child.deprel == "PUTFYLL"]
        contexts.append(
            (
                any(child.deprel == "INFV" for child in below),
                any(child.deprel == "SPRED" for child in below),
                any(child.pos == "inf-merke" or child.feats == "inf" for child in filler),
                any(child.pos in ("verb", "sbu") and child.feats != "inf" for child in filler),
                sentence[word.head - 1].pos if word.head else "",
            )
        )
    return contexts


def _keys(word: TreebankWord, context: tuple) -> Iterator[tuple]:
    """Yield the look-up keys of a word, the most specific first."""
    form = word.form.lower()
    yield (form, word.lemma, word.pos, word.feats, word.deprel, context)
    yield (word.lemma, word.pos, word.feats, word.deprel, context)
    yield (form, word.lemma, word.pos, word.feats, word.deprel)
    yield (word.pos, word.feats, word.deprel, context)
    yield (form, word.lemma, word.pos, word.feats)
    yield (word.pos, word.feats, word.deprel)
    yield (word.pos, word.feats)
    yield (word.pos,)


class UdMapping:
    """A table from NDT analyses to (UPOS, FEATS), learnt from sentences that carry both."""

    def __init__(self, pairs: Iterable[tuple[Sentence, Sentence]]):
        counts: dict[tuple, Counter] = defaultdict(Counter)
        for ndt, ud in pairs:
            for word, context, target in zip(ndt, _contexts(ndt), ud, strict=True):
                for key in _keys(word, context):
                    counts[key][(target.pos, target.feats)] += 1
        self._table = {key: counter.most_common(1)[0][0] for key, counter in counts.items()}

    def __call__(self, sentence: Sentence) -> Sentence:
        """Return the sentence with UD tags and features in place of the NDT ones."""
        return [
            TreebankWord(
                word.form, word.lemma, *self._look_up(word, context), word.head, word.deprel, word.misc
            )
            for word, context in zip(sentence, _contexts(sentence), strict=True)
        ]

    def _look_up(self, word: TreebankWord, context: tuple) -> tuple[str, str]:
        for key in _keys(word, context):
            if key in self._table:
                return self._table[key]
        return ("X", "_")


def aligned(ndt: list[Sentence], ud: list[Sentence]) -> list[tuple[Sentence, Sentence]]:
    """Return the (NDT, UD) pairs of sentences that have the same word forms."""
    by_forms = {tuple(word.form for word in sentence): sentence for sentence in ud}
    pairs = []
    for sentence in ndt:
        twin = by_forms.get(tuple(word.form for word in sentence))
        if twin is not None:
            pairs.append((sentence, twin))
    return pairs


def spaces(forms: list[str]) -> list[bool]:
    """Return, a token, whether a space follows it in ordinary Norwegian typography."""
    open_quote = False
    result = []
    for index, form in enumerate(forms):
        following = forms[index + 1] if index + 1 < len(forms) else ""
        if form == '"':
            open_quote = not open_quote
        glued_left = following in {",", ".", ":", ";", "!", "?", ")", "]", "»", "…", "%"}
        closing = following == '"' and open_quote
        opening = form in {"(", "[", "«"} or (form == '"' and open_quote)
        result.append(not (glued_left or closing or opening or form == "/" or following == "/"))
    return result


def documents(
    sentences: list[Sentence], vocab: Vocab, *, spacing_known: bool, size: int = SENTENCES_PER_DOCUMENT
) -> Iterator[Doc]:
    """Yield reference documents of `size` sentences with tags, features, lemmas, names and boundaries."""
    for start in range(0, len(sentences), size):
        words: list[TreebankWord] = []
        starts: list[bool | int | None] = []
        spacing: list[bool] = []
        for sentence in sentences[start : start + size]:
            words.extend(sentence)
            starts.extend([True] + [False] * (len(sentence) - 1))
            if spacing_known:
                spacing.extend(word.space_after for word in sentence)
            else:
                spacing.extend(spaces([word.form for word in sentence]))
        doc = Doc(
            vocab,
            words=[word.form for word in words],
            spaces=spacing,
            pos=[word.pos for word in words],
            morphs=["" if word.feats == "_" else word.feats for word in words],
            lemmas=[word.lemma for word in words],
            sent_starts=starts,
        )
        doc.set_ents(list(_entities(doc, words)))
        yield doc


def _entities(doc: Doc, words: list[TreebankWord]) -> Iterator[Span]:
    begin: int | None = None
    label = ""
    for index, word in enumerate(words):
        if begin is not None and word.name != f"I-{label}":
            yield Span(doc, begin, index, label)
            begin = None
        if begin is None and word.name != "O":
            begin, label = index, word.name[2:]
    if begin is not None:
        yield Span(doc, begin, len(words), label)


def ud_mapping(treebank: Path) -> UdMapping:
    """Return the mapping learnt from both written standards' development parts in `treebank`."""
    pairs = []
    for standard in STANDARDS:
        ndt = read_conll(treebank / f"ndt-dev-{standard}.conll")
        ud = read_conll(treebank / f"ud-dev-{standard}.conllu")
        pairs.extend(aligned(ndt, ud))
    return UdMapping(pairs)
