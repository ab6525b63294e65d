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

from kafe.language.static_corpus import (
    Sentences,
    collect,
    documents,
    neighbours,
    parted,
    treebank_documents,
)
from kafe.records import KafeError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

PIECES = 28_000
UNKNOWN = "<unk>"
DIMENSIONS = 256
BATCH = 2048
STAGES = ((1.5, 0.01, 0.3), (1.5, 0.005, 0.5), (1.0, 0.005, 0.6))
"""(epochs, learning rate, weight of the matters) of each run; each starts from the vectors of the one before."""
REACH = 3
HIDDEN = 0.5
DROPPED = 0.1
SCALE, WORD_SCALE = 20.0, 10.0
SYNONYM_WEIGHT = 0.2
MATTERS, SYNONYMS = 128, 256
HEADED = 0.5
TOKENIZER_SAMPLE = 350_000
FIELD_SCORE = -12.0
"""Log-probability given to words of the field that the corpus is too far from to have made a piece."""
LONGEST = 96
WORD = re.compile(r"[^\W\d_]+")

Bags = list[list[int]]


@dataclass(frozen=True)
class WordSets:
    """Sets of entries that belong together, each entry its pieces: matters of the field, synonyms."""

    matters: list[Bags]
    synonyms: list[Bags]


def train_static(shared: Path, field: Path, target: Path, *, seed: int = 1) -> None:
    """Train on `shared` (corpus/, treebank/, lexicon/) and `field`, and write a model2vec folder to `target`.

    One of `HELD_OUT` documents of the corpus is left out. All randomness comes from `seed`; other versions
    of PyTorch or tokenizers, or another number of threads, give a like model, not the same bytes.
    Raises KafeError before anything is read when PyTorch is not installed.
    """
    if util.find_spec("torch") is None:
        raise KafeError(
            "Trening av vektorene trenger PyTorch, som kafe ikke installerer.",
            remedy="Installer med «pip install torch», og kjør kommandoen på nytt.",
        )
    corpus = parted(documents(shared / "corpus"), held_out=False)
    found = collect([*corpus, *treebank_documents(shared / "treebank")])
    matters = read_matters(field)
    tokenizer = train_tokenizer(found.texts, matters, seed)
    bags = encoded(tokenizer, found.texts)
    words = WordSets(
        _filled(tokenizer, matters),
        _filled(tokenizer, read_synonyms(shared / "lexicon")),
    )
    vectors = fit(bags, found, words, tokenizer.get_vocab_size(), seed)
    write_model(target, tokenizer, vectors)


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
    rows = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    return [[piece for piece in row.ids if piece][:LONGEST] for row in rows]


def _filled(tokenizer: Tokenizer, sets: Sequence[Sequence[str]]) -> list[Bags]:
    """Return the pieces of each set's entries, without entries that have none and sets of fewer than two."""
    found = [[bag for bag in encoded(tokenizer, entries) if bag] for entries in sets]
    return [bags for bags in found if len(bags) > 1]


def fit(
    bags: Bags,
    found: Sentences,
    words: WordSets,
    pieces: int,
    seed: int,
    *,
    stages: Sequence[tuple[float, float, float]] = STAGES,
) -> NDArray[np.float32]:
    """Return the piece vectors (pieces × `DIMENSIONS`) after all stages."""
    import numpy as np
    import torch

    rng, dice = np.random.default_rng(seed), random.Random(seed)  # noqa: S311
    torch.manual_seed(seed)
    counts = np.bincount(np.concatenate([np.array(bag, dtype=np.int64) for bag in bags]), minlength=pieces)
    rare = torch.tensor(1e-3 / (1e-3 + counts / counts.sum()), dtype=torch.float32)
    table = torch.nn.EmbeddingBag(pieces, DIMENSIONS, mode="sum")
    table.weight.data = torch.randn(pieces, DIMENSIONS) * 0.1 * rare[:, None]

    def vectors(rows: Bags) -> torch.Tensor:
        starts = np.cumsum([0, *(len(row) for row in rows[:-1])])
        flat = np.concatenate([np.array(row, dtype=np.int64) for row in rows])
        return torch.nn.functional.normalize(
            table(torch.from_numpy(flat), torch.from_numpy(starts)), dim=1, eps=1e-6
        )

    def contrast(pairs: tuple[Bags, Bags], scale: float) -> torch.Tensor:
        scores = vectors(pairs[0]) @ vectors(pairs[1]).T * scale
        own = torch.arange(len(scores))
        return (
            torch.nn.functional.cross_entropy(scores, own) + torch.nn.functional.cross_entropy(scores.T, own)
        ) / 2

    for epochs, rate, weight in stages:
        optimiser = torch.optim.Adam(table.parameters(), lr=rate, betas=(0.9, 0.99))
        per_epoch = len(neighbours(found.runs, REACH, random.Random(0))) + int(HEADED * len(found.headed))  # noqa: S311
        steps = max(1, int(epochs * per_epoch / min(BATCH, per_epoch)))
        batches = _batches(found, dice, min(BATCH, per_epoch))
        for step in range(steps):
            pairs = hidden([(bags[left], bags[right]) for left, right in next(batches)], rng)
            loss = contrast(pairs, SCALE)
            loss = loss + weight * contrast(matter_pairs(words.matters, dice), WORD_SCALE)
            loss = loss + SYNONYM_WEIGHT * contrast(synonym_pairs(words.synonyms, dice), WORD_SCALE)
            for group in optimiser.param_groups:
                group["lr"] = (
                    rate * min(1, (step + 1) / 50) * max(0.02, (1 + np.cos(np.pi * step / steps)) / 2)
                )
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return table.weight.detach().numpy()


def hidden(pairs: Sequence[tuple[list[int], list[int]]], rng: np.random.Generator) -> tuple[Bags, Bags]:
    """Return both sides with half of the shared pieces and a tenth of all taken out; no side is left empty."""
    sides: tuple[Bags, Bags] = ([], [])
    for left, right in pairs:
        kept = [
            [
                piece
                for piece in own
                if rng.random() >= (HIDDEN if piece in other else 0) and rng.random() >= DROPPED
            ]
            for own, other in ((left, set(right)), (right, set(left)))
        ]
        if all(kept):
            sides[0].append(kept[0])
            sides[1].append(kept[1])
    return sides


def matter_pairs(matters: Sequence[Bags], dice: random.Random) -> tuple[Bags, Bags]:
    """Return two different draws of one to four entries of each of at most `MATTERS` matters."""
    sides: tuple[Bags, Bags] = ([], [])
    for entries in dice.sample(list(matters), min(MATTERS, len(matters))):
        size = min(len(entries) // 2, dice.choice((1, 1, 2, 3, 4)))
        drawn = dice.sample(entries, 2 * size)
        sides[0].append([piece for entry in drawn[:size] for piece in entry])
        sides[1].append([piece for entry in drawn[size:] for piece in entry])
    return sides


def synonym_pairs(synonyms: Sequence[Bags], dice: random.Random) -> tuple[Bags, Bags]:
    """Return two different lemmas of each of `SYNONYMS` synsets."""
    drawn = [dice.sample(entries, 2) for entries in dice.choices(list(synonyms), k=SYNONYMS)]
    return [pair[0] for pair in drawn], [pair[1] for pair in drawn]


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
