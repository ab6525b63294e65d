"""The recipe of the bundled static embeddings: pieces of words, then vectors that tell neighbours from strangers.

Contrastive training (InfoNCE, both ways) of mean-pooled piece vectors on three kinds of pairs: sentences near
each other in a document and headings with what stands below (the batch's other pairs are the negatives);
words and phrases of one matter (`static_field.txt`); words of one WordNet synset, Bokmål and Nynorsk. Half of
the pieces that two sentences share are hidden, so that meaning and not repetition must tell them apart.
Sources and their terms: static_nb/README.md. Settings: the constants below, seed 1. Needs PyTorch, which kafe
itself does not: `pip install torch`, then `kafe language train-static SHARED`; without it nothing is written.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kafe.language.training.embedding_corpus import (
    Sentences,
    collect,
    documents,
    neighbours,
    parted,
    treebank_documents,
)
from kafe.messages import message
from kafe.records import KafeError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

FIELD = Path(__file__).with_name("static_field.txt")
"""Words and phrases of one matter a line: what the model was taught of the field."""
PIECES = 37_000
UNKNOWN = "<unk>"
DIMENSIONS = 192
BATCH = 2048
REACH = 3
HIDDEN = 0.5
DROPPED = 0.1
SCALE = 20.0
SYNONYM_WEIGHT = 0.2
MATTERS, SYNONYMS = 256, 256
MOST_ENTRIES = 6
"""Most entries of a matter drawn for one side: one stands for a note, several for a definition."""
ALIKE = 0.14
"""Matters whose words are so like (cosine of TF-IDF) are never held against each other."""
HEADED = 0.5
TOKENIZER_SAMPLE = 350_000
FIELD_SCORE = -12.0
"""Log-probability given to words of the field that the corpus is too far from to have made a piece."""
LONGEST = 96
WORD = re.compile(r"[^\W\d_]+")

Side = tuple["NDArray[np.int64]", "NDArray[np.int64]"]
"""Pieces of many texts, and the number of the text that each is of, in order."""


@dataclass(frozen=True)
class Run:
    """A run of training, `share` of the vectors. A stage is (epochs, learning rate, weight of the matters).

    Each stage goes on from the vectors of the one before. `scale` is that of the cosines of matters and synonyms.
    """

    share: float
    scale: float
    stages: tuple[tuple[float, float, float], ...]


RUNS = (Run(0.4, 6.0, ((2.0, 0.01, 2.0), (2.0, 0.005, 2.0))), Run(0.6, 4.5, ((1.0, 0.01, 3.0),)))
"""From one start. The longer knows the field better, the shorter the rest; their mean has most of both
(Wortsman et al. 2022; figures: docs/decisions/0006-static-embeddings.md)."""


@dataclass(frozen=True)
class Bags:
    """The known pieces of texts, one text after the other; text `row` is `pieces[starts[row]:starts[row + 1]]`."""

    pieces: NDArray[np.int64]
    starts: NDArray[np.int64]

    def take(self, rows: NDArray[np.int64], owners: NDArray[np.int64] | None = None) -> Side:
        """Return the pieces of some texts; of the k-th, or of `owners[k]` where several make one text."""
        import numpy as np

        lengths = self.starts[rows + 1] - self.starts[rows]
        owner = np.repeat(np.arange(len(rows)) if owners is None else owners, lengths)
        before = np.repeat(self.starts[rows] - (np.cumsum(lengths) - lengths), lengths)
        return self.pieces[np.arange(len(owner)) + before], owner


@dataclass(frozen=True)
class WordSets:
    """Sets of entries that belong together: the rows of `bags` of each matter, of each set of synonyms.

    `alike`: matters that share so many words that they may be one.
    """

    bags: Bags
    matters: list[list[int]]
    synonyms: list[list[int]]
    alike: NDArray[np.bool_]


def train_static(shared: Path, field: Path, target: Path, *, seed: int = 1) -> None:
    """Train on `shared` (corpus/, treebank/, lexicon/) and `field`, and write a model2vec folder to `target`.

    One of `HELD_OUT` documents of the corpus is left out. All randomness comes from `seed`; other versions
    of PyTorch or tokenizers, or another number of threads, give a like model, not the same bytes.
    Raises KafeError before anything is read when PyTorch is not installed.
    """
    if util.find_spec("torch") is None:
        raise KafeError(message("language.model.no_torch"), remedy=message("language.model.no_torch_remedy"))
    corpus = parted(documents(shared / "corpus"), held_out=False)
    found = collect([*corpus, *treebank_documents(shared / "treebank")])
    matters = read_matters(field)
    tokenizer = train_tokenizer(found.texts, matters, seed)
    bags = encoded(tokenizer, found.texts)
    words = word_sets(tokenizer, matters, read_synonyms(shared / "lexicon"))
    size = tokenizer.get_vocab_size()
    vectors = [run.share * fit(bags, found, words, size, seed, run) for run in RUNS]
    write_model(target, tokenizer, sum(vectors[1:], vectors[0]))


def read_matters(path: Path) -> list[list[str]]:
    """Return the entries of each line of the list of matters."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [[entry.strip() for entry in line.split(",")] for line in lines if line and line[0] != "#"]


def read_synonyms(folder: Path) -> list[list[str]]:
    """Return the lemmas of each synset of the WordNet files with more than one, both standards together."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.glob("wn-data-*.tab")):
        for row in path.read_text(encoding="utf-8").splitlines():
            cells = row.split("\t")
            if len(cells) == 3 and cells[1] == "lemma":
                found.setdefault(cells[0], []).append(cells[2].replace("_", " "))
    sets = [list(dict.fromkeys(lemmas)) for lemmas in found.values()]
    return [lemmas for lemmas in sets if len(lemmas) > 1]


def train_tokenizer(
    texts: Sequence[str], matters: Sequence[Sequence[str]], seed: int, pieces: int = PIECES
) -> Tokenizer:
    """Return a unigram tokenizer of letters, lower-cased; every word of the field is a piece of its own."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(r"\p{N}+"), "0"),
            normalizers.Replace(Regex(r"[^\p{L}\p{N}]+"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    sample = random.Random(seed).sample(list(texts), min(TOKENIZER_SAMPLE, len(texts)))  # noqa: S311
    trainer = trainers.UnigramTrainer(
        vocab_size=pieces, unk_token=UNKNOWN, special_tokens=[UNKNOWN], show_progress=False
    )
    tokenizer.train_from_iterator(sample, trainer)
    written = json.loads(tokenizer.to_str())
    written["model"]["vocab"] = with_field(written["model"]["vocab"], matters)
    return Tokenizer.from_str(json.dumps(written))


def with_field(vocabulary: list[list[Any]], matters: Sequence[Sequence[str]]) -> list[list[Any]]:
    """Return the vocabulary with the field's words in the place of the rarest pieces."""
    known = {piece for piece, _ in vocabulary}
    words = {
        f"▁{word}": None for entries in matters for entry in entries for word in WORD.findall(entry.lower())
    }
    new = [word for word in words if word not in known and len(word) > 2]
    rare = sorted(
        (row for row, piece in enumerate(vocabulary) if len(piece[0]) > 2), key=lambda row: vocabulary[row][1]
    )
    dropped = set(rare[: len(new)])
    kept = [piece for row, piece in enumerate(vocabulary) if row not in dropped]
    return [*kept, *([word, FIELD_SCORE] for word in new[: len(dropped)])]


def encoded(tokenizer: Tokenizer, texts: Sequence[str]) -> Bags:
    """Return the known pieces of each text, at most `LONGEST`."""
    import numpy as np

    found = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    rows = [np.array([piece for piece in row.ids if piece][:LONGEST], dtype=np.int64) for row in found]
    return Bags(np.concatenate(rows), np.cumsum([0, *map(len, rows)]))


def word_sets(
    tokenizer: Tokenizer, matters: Sequence[Sequence[str]], synonyms: Sequence[Sequence[str]]
) -> WordSets:
    """Return the sets as rows of pieces, without entries that have none and sets of fewer than two."""
    import numpy as np

    sets = [*matters, *synonyms]
    bags = encoded(tokenizer, [entry for entries in sets for entry in entries])
    ends = np.cumsum([len(entries) for entries in sets]).tolist()
    known = np.diff(bags.starts) > 0
    rows = [
        [row for row in range(end - len(own), end) if known[row]] for own, end in zip(sets, ends, strict=True)
    ]
    filled = [own for own in rows[: len(matters)] if len(own) > 1]
    return WordSets(bags, filled, [own for own in rows[len(matters) :] if len(own) > 1], _alike(bags, filled))


def _alike(bags: Bags, matters: Sequence[Sequence[int]]) -> NDArray[np.bool_]:
    """Return which matters have TF-IDF vectors of pieces with a cosine of `ALIKE` or more."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfTransformer

    owners = np.repeat(np.arange(len(matters)), [len(own) for own in matters])
    rows = np.array([row for own in matters for row in own], dtype=np.int64)
    pieces, owner = bags.take(rows, owners)
    counts = csr_matrix((np.ones(len(pieces)), (owner, pieces)))
    weights = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    return (weights @ weights.T).toarray() >= ALIKE


def fit(
    bags: Bags,
    found: Sentences,
    words: WordSets,
    pieces: int,
    seed: int,
    run: Run,
) -> NDArray[np.float32]:
    """Return the piece vectors (pieces × `DIMENSIONS`) after all stages of a run."""
    import numpy as np
    import torch

    rng = np.random.default_rng(seed)
    dice = random.Random(seed)  # noqa: S311
    torch.manual_seed(seed)
    counts = np.bincount(np.concatenate([bags.pieces, words.bags.pieces]), minlength=pieces)
    rare = torch.tensor(1e-3 / (1e-3 + counts / counts.sum()), dtype=torch.float32)
    table = torch.nn.EmbeddingBag(pieces, DIMENSIONS, mode="sum")
    table.weight.data = torch.randn(pieces, DIMENSIONS) * 0.1 * rare[:, None]

    def vectors(side: Side) -> torch.Tensor:
        flat, owner = side
        starts = np.searchsorted(owner, np.arange(owner[-1] + 1))
        return torch.nn.functional.normalize(
            table(torch.from_numpy(flat), torch.from_numpy(starts)), dim=1, eps=1e-6
        )

    def contrast(
        pairs: tuple[Side, Side], scale: float, apart: NDArray[np.bool_] | None = None
    ) -> torch.Tensor:
        scores = vectors(pairs[0]) @ vectors(pairs[1]).T * scale
        if apart is not None:
            scores = scores.masked_fill(torch.from_numpy(~apart), -torch.inf)
        own = torch.arange(len(scores))
        return (
            torch.nn.functional.cross_entropy(scores, own) + torch.nn.functional.cross_entropy(scores.T, own)
        ) / 2

    for epochs, rate, weight in run.stages:
        optimiser = torch.optim.Adam(table.parameters(), lr=rate, betas=(0.9, 0.99))
        per_epoch = len(neighbours(found.runs, REACH, random.Random(0))) + int(HEADED * len(found.headed))  # noqa: S311
        steps = max(1, int(epochs * per_epoch / min(BATCH, per_epoch)))
        batches = _batches(found, dice, min(BATCH, per_epoch))
        for step in range(steps):
            rows = np.array(next(batches))
            pairs = hidden(bags.take(rows[:, 0]), bags.take(rows[:, 1]), rng)[:2]
            loss = contrast(pairs, SCALE)
            left, right, chosen = matter_pairs(words, dice)
            left, right, kept = hidden(left, right, rng)
            near = words.alike[np.ix_(chosen[kept], chosen[kept])]
            np.fill_diagonal(near, val=False)
            loss = loss + weight * contrast((left, right), run.scale, ~near)
            loss = loss + SYNONYM_WEIGHT * contrast(synonym_pairs(words, dice), run.scale)
            for group in optimiser.param_groups:
                group["lr"] = (
                    rate * min(1, (step + 1) / 50) * max(0.02, (1 + np.cos(np.pi * step / steps)) / 2)
                )
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return table.weight.detach().numpy()


def hidden(left: Side, right: Side, rng: np.random.Generator) -> tuple[Side, Side, NDArray[np.int64]]:
    """Return both sides with half of the shared pieces and a tenth of all taken out, and the pairs kept.

    A pair with a side left empty goes whole; the others are numbered anew.
    """
    import numpy as np

    most = 1 + max(int(left[0].max()), int(right[0].max()))
    keys = [owner * most + pieces for pieces, owner in (left, right)]
    stays = []
    for own, other in (keys, keys[::-1]):
        chance = np.where(np.isin(own, other), HIDDEN, 0.0)
        stays.append((rng.random(len(own)) >= chance) & (rng.random(len(own)) >= DROPPED))
    owners = [owner[stay] for (_, owner), stay in zip((left, right), stays, strict=True)]
    kept = np.intersect1d(owners[0], owners[1])
    sides = []
    for (pieces, _), stay, owner in zip((left, right), stays, owners, strict=True):
        both = np.isin(owner, kept)
        sides.append((pieces[stay][both], np.searchsorted(kept, owner[both])))
    return sides[0], sides[1], kept


def matter_pairs(words: WordSets, dice: random.Random) -> tuple[Side, Side, NDArray[np.int64]]:
    """Return two different draws of entries of each of at most `MATTERS` matters, and which matters these are.

    Each side has one to `MOST_ENTRIES` entries, one half of the time.
    """
    import numpy as np

    chosen = dice.sample(range(len(words.matters)), min(MATTERS, len(words.matters)))
    sides: tuple[list[list[int]], list[list[int]]] = ([], [])
    for matter in chosen:
        entries = dice.sample(words.matters[matter], len(words.matters[matter]))
        most = min(MOST_ENTRIES, len(entries) // 2)
        for side, own in zip(sides, (entries[:most], entries[most:]), strict=True):
            side.append(own[: 1 if dice.random() < 0.5 else dice.randint(1, most)])
    left, right = (_joined(words.bags, side) for side in sides)
    return left, right, np.array(chosen)


def synonym_pairs(words: WordSets, dice: random.Random) -> tuple[Side, Side]:
    """Return two different lemmas of each of `SYNONYMS` synsets."""
    drawn = [dice.sample(entries, 2) for entries in dice.choices(words.synonyms, k=SYNONYMS)]
    return _joined(words.bags, [pair[:1] for pair in drawn]), _joined(
        words.bags, [pair[1:] for pair in drawn]
    )


def _joined(bags: Bags, sets: Sequence[Sequence[int]]) -> Side:
    """Return the pieces of sets of rows, each set as one text."""
    import numpy as np

    owners = np.repeat(np.arange(len(sets)), [len(own) for own in sets])
    return bags.take(np.array([row for own in sets for row in own], dtype=np.int64), owners)


def write_model(target: Path, tokenizer: Tokenizer, vectors: NDArray[np.float32]) -> None:
    """Write model.safetensors (float16), tokenizer.json and config.json, as model2vec reads them."""
    import numpy as np
    from safetensors.numpy import save_file

    target.mkdir(parents=True, exist_ok=True)
    save_file({"embeddings": vectors.astype(np.float16)}, target / "model.safetensors")
    written = json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":"))
    (target / "tokenizer.json").write_text(written, encoding="utf-8")
    config = {
        "model_type": "model2vec",
        "architectures": ["StaticModel"],
        "normalize": True,
        "max_length": None,
        "hidden_dim": vectors.shape[1],
        "embedding_dtype": "float16",
    }
    (target / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def _batches(found: Sentences, dice: random.Random, size: int) -> Iterator[list[tuple[int, int]]]:
    while True:
        below = dice.sample(found.headed, int(HEADED * len(found.headed)))
        pairs = [*neighbours(found.runs, REACH, dice), *below]
        dice.shuffle(pairs)
        for start in range(0, len(pairs) - size + 1, size):
            yield pairs[start : start + size]
