import itertools
import lzma
import random
import shutil
from importlib import util
from pathlib import Path

import numpy as np
import pytest

from kafe.language.training.embedding import (
    DIMENSIONS,
    FIELD,
    Bags,
    Run,
    WordSets,
    fit,
    hidden,
    matter_pairs,
    read_matters,
    read_synonyms,
    synonym_pairs,
    train_static,
    with_field,
    word_sets,
    write_model,
)
from kafe.language.training.embedding_corpus import (
    Sentences,
    collect,
    documents,
    neighbours,
    parted,
    sentences,
)

SHARED = Path(__file__).parents[4] / "shared"

LAW = ["Lov om helse", "§ 3. Formål", "Loven skal sikre god helse for alle. Den gjelder i hele landet fra i dag.",
       "Endret ved lov 3 mai 2020 nr. 4 som trer i kraft straks."]  # fmt: skip


def test_sentences_leave_out_short_ones_and_notes_of_amendments():
    assert sentences(LAW[2]) == [
        "Loven skal sikre god helse for alle.",
        "Den gjelder i hele landet fra i dag.",
    ]
    assert sentences("Kort. Også kort.") == []
    assert sentences(LAW[3]) == []


def test_headings_and_titles_are_paired_with_what_stands_below():
    found = collect([LAW, LAW])
    pairs = {(found.texts[left], found.texts[right]) for left, right in found.headed}
    assert ("Formål", "Loven skal sikre god helse for alle.") in pairs
    assert found.texts.count("Loven skal sikre god helse for alle.") == 1


def test_documents_are_parted_by_blank_lines(tmp_path):
    (tmp_path / "a.txt.xz").write_bytes(lzma.compress(b"en\nto\n\n\ntre\n"))
    assert list(documents(tmp_path)) == [["en", "to"], ["tre"]]


def test_neighbours_stay_within_their_document_and_reach():
    pairs = neighbours([(0, 5), (5, 7)], 3, random.Random(1))
    assert [left for left, _ in pairs] == [0, 1, 2, 3, 5]
    assert all(0 < right - left <= 3 and right < (5 if left < 5 else 7) for left, right in pairs)


def test_every_matter_of_the_field_has_entries_to_draw_two_from():
    matters = read_matters(FIELD)
    assert len(matters) > 100
    assert all(len(entries) >= 4 and all(entries) for entries in matters)


def test_synsets_of_both_standards_are_joined(tmp_path):
    (tmp_path / "wn-data-nno.tab").write_text("# x\n1-n\tlemma\tsjuk\n2-n\tlemma\tein\n", encoding="utf-8")
    (tmp_path / "wn-data-nob.tab").write_text("1-n\tlemma\tsyk\n1-n\tlemma\tsjuk\n", encoding="utf-8")
    assert read_synonyms(tmp_path) == [["sjuk", "syk"]]


def test_words_of_the_field_take_the_place_of_the_rarest_pieces():
    vocabulary = [["<unk>", 0.0], ["▁og", -3.0], ["▁sjelden", -14.0], ["▁hus", -9.0]]
    assert with_field(vocabulary[1:], [["einsemd", "hus"]]) == [
        ["▁og", -3.0],
        ["▁hus", -9.0],
        ["▁einsemd", -12.0],
    ]


def bags_of(rows: list[list[int]]) -> Bags:
    return Bags(np.array([piece for row in rows for piece in row]), np.cumsum([0, *map(len, rows)]))


def pieces_of(side: tuple[np.ndarray, np.ndarray]) -> list[list[int]]:
    pieces, owner = side
    return [pieces[owner == row].tolist() for row in range(int(owner[-1]) + 1)]


def test_texts_are_taken_in_any_order_and_joined():
    bags = bags_of([[1, 2], [], [3], [4, 5]])
    assert pieces_of(bags.take(np.array([3, 0]))) == [[4, 5], [1, 2]]
    assert pieces_of(bags.take(np.array([0, 2, 3]), np.array([0, 0, 1]))) == [[1, 2, 3], [4, 5]]


def test_hiding_takes_mostly_what_both_sides_share_and_drops_empty_pairs():
    rng = np.random.default_rng(1)
    bags = bags_of([[1, 2, 3], [1, 4, 5], [6], [6]])
    rows = np.array([[0, 1], [2, 3]] * 400)
    left, right, kept = hidden(bags.take(rows[:, 0]), bags.take(rows[:, 1]), rng)
    texts = [pieces_of(side) for side in (left, right)]
    assert len(texts[0]) == len(texts[1]) == len(kept)
    assert all(texts[0]) and all(texts[1])
    first = [row for row, number in zip(texts[0], kept, strict=True) if number % 2 == 0]
    assert len(first) > 390
    assert (
        sum(1 in row for row in first) / len(first) < 0.6 < 0.85 < sum(2 in row for row in first) / len(first)
    )
    alone = len(kept) - len(first)
    assert 40 < alone < 140  # both sides keep their only, shared piece: .45 squared
    assert all((row == [6]) == (number % 2 == 1) for row, number in zip(texts[1], kept, strict=True))


def test_pairs_of_a_matter_are_different_entries_of_it():
    bags = bags_of([[1], [2], [3], [4], [11], [12]])
    words = WordSets(bags, [[0, 1, 2, 3], [4, 5]], [[0, 1]], np.eye(2, dtype=bool))
    for turn in range(20):
        left, right, chosen = matter_pairs(words, random.Random(turn))
        for one, other, matter in zip(pieces_of(left), pieces_of(right), chosen, strict=True):
            assert not set(one) & set(other)
            assert {piece > 10 for piece in one + other} == {matter == 1}
    left, right = synonym_pairs(words, random.Random(1))
    assert all({*one, *other} == {1, 2} for one, other in zip(pieces_of(left), pieces_of(right), strict=True))


def test_matters_that_share_their_words_are_alike_and_others_are_not():
    from tokenizers import Tokenizer, models, pre_tokenizers

    vocabulary = [("<unk>", 0.0), *((f"▁{word}", -1.0) for word in ("bolig", "hus", "tak", "buss", "rute"))]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=0))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    words = word_sets(
        tokenizer, [["bolig", "hus", "ukjent"], ["hus tak", "bolig"], ["buss", "rute"], ["tak", "??"]], []
    )
    assert [len(own) for own in words.matters] == [2, 2, 2]
    assert words.alike.tolist() == [[True, True, False], [True, True, False], [False, False, True]]


def test_training_brings_pieces_of_one_matter_together():
    pytest.importorskip("torch", reason="training needs PyTorch, which kafe does not install")
    bags = bags_of([[1, 2, 3], [2, 1, 4], [5, 6, 7], [6, 5, 8]] * 40)
    found = Sentences(texts=[""] * 160, runs=[(row, row + 2) for row in range(0, 160, 2)])
    entries = bags_of([[1], [4], [5], [8], [2], [3], [6], [7]])
    words = WordSets(entries, [[0, 1], [2, 3]], [[4, 5], [6, 7]], np.eye(2, dtype=bool))
    vectors = fit(bags, found, words, 9, 1, Run(1.0, 10.0, ((30, 0.01, 0.3),)))
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    assert unit[1] @ unit[4] > unit[1] @ unit[8] + 0.3


def test_the_written_folder_is_one_that_model2vec_loads(tmp_path):
    from model2vec import StaticModel
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.Unigram([("<unk>", 0.0), ("▁hus", -1.0), ("▁bil", -1.0)], unk_id=0))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    write_model(tmp_path, tokenizer, np.array([[9, 9], [3, 4], [0, 1]], dtype=np.float32))
    found = StaticModel.from_pretrained(tmp_path).encode(["hus", "bil", "sau"])
    assert np.allclose(found, [[0.6, 0.8], [0, 1], [0, 0]], atol=1e-3)


def test_every_document_is_either_trained_on_or_kept_for_measuring():
    found = [[str(number)] for number in range(100)]
    kept, held = list(parted(found, held_out=False)), list(parted(found, held_out=True))
    assert held == [["7"], ["47"], ["87"]]
    assert sorted(kept + held) == sorted(found)


@pytest.mark.skipif(util.find_spec("torch") is not None, reason="PyTorch is installed here")
def test_without_pytorch_training_says_so_before_it_reads_anything(tmp_path):
    from kafe.records import KafeError

    with pytest.raises(KafeError, match="pip install torch"):
        train_static(tmp_path / "finnes-ikke", FIELD, tmp_path / "modell")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the corpus is not beside the checkout (../shared)")
def test_the_command_trains_a_model_from_a_slice_of_the_corpus(tmp_path, monkeypatch):
    pytest.importorskip("torch", reason="training needs PyTorch, which kafe does not install")
    from model2vec import StaticModel
    from typer.testing import CliRunner

    from kafe.cli import app

    for folder in ("corpus", "treebank"):
        (tmp_path / folder).mkdir()
    for name in ("lover.txt.xz", "norec.txt.xz"):
        with lzma.open(SHARED / "corpus" / name, "rt", encoding="utf-8") as lines:
            slice_ = "".join(itertools.islice(lines, 600))
        (tmp_path / "corpus" / name).write_bytes(lzma.compress(slice_.encode()))
    shutil.copytree(SHARED / "lexicon", tmp_path / "lexicon")
    with (SHARED / "treebank" / "ndt-train-nno.conll").open(encoding="utf-8") as lines:
        (tmp_path / "treebank" / "ndt-train-nno.conll").write_text("".join(itertools.islice(lines, 4000)))
    steps = ((20, 0.02, 2.0),)  # the slice is so small that an epoch is one step
    monkeypatch.setattr("kafe.language.training.embedding.RUNS", (Run(0.5, 6.0, steps), Run(0.5, 4.5, steps)))
    target = tmp_path / "modell"
    found = CliRunner().invoke(
        app, ["language", "train-static", str(tmp_path), "--output", str(target)], catch_exceptions=False
    )
    assert found.exit_code == 0
    assert {path.name for path in target.iterdir()} == {"model.safetensors", "tokenizer.json", "config.json"}
    texts = ["einsemd", "ensomhet", "bremselys"]
    vectors = StaticModel.from_pretrained(target).encode(texts, use_multiprocessing=False)
    assert np.isfinite(vectors).all() and vectors.shape[1] == DIMENSIONS
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
