import importlib
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kafe.language.annotate import (
    AnnotationCache,
    TokenSpans,
    annotate,
    annotated,
    content_lemmas,
    model_mark,
    processes_for,
    surface_forms,
)

MODULE = importlib.import_module("kafe.language.annotate")


@pytest.fixture
def nlp() -> Language:
    pipeline = spacy.blank("nb")
    ruler = pipeline.add_pipe("attribute_ruler")
    ruler.add([[{"IS_ALPHA": True}]], {"POS": "NOUN"})
    ruler.add([[{"LOWER": "boligen"}]], {"LEMMA": "bolig"})
    return pipeline


def test_equal_texts_are_annotated_once_and_only_new_texts_later(tmp_path: Path, nlp: Language) -> None:
    cache = AnnotationCache(tmp_path / "a.spacy")
    _, fresh = annotate({"n-1": "boligen mangler", "n-2": "boligen mangler", "n-3": "ja"}, nlp, cache)
    assert fresh == 2
    docs, fresh = annotate({"n-1": "boligen mangler", "n-4": "nei 😀"}, nlp, cache)
    assert fresh == 1
    assert docs["n-1"][0].lemma_ == "bolig" and docs["n-4"].text == "nei 😀"


def test_the_cache_forgets_texts_that_are_gone(tmp_path: Path, nlp: Language) -> None:
    cache = AnnotationCache(tmp_path / "a.spacy")
    annotate({"n-1": "første", "n-2": "andre"}, nlp, cache)
    annotate({"n-2": "andre"}, nlp, cache)
    assert [doc.text for doc in cache.load(nlp.vocab, model_mark(nlp)).values()] == ["andre"]


def test_a_damaged_cache_is_made_anew(tmp_path: Path, nlp: Language) -> None:
    path = tmp_path / "a.spacy"
    path.write_bytes(b"ikke en docbin")
    docs, fresh = annotate({"n-1": "tekst"}, nlp, AnnotationCache(path))
    assert fresh == 1 and docs["n-1"].text == "tekst"


def test_another_model_finds_nothing_in_the_cache(tmp_path: Path, nlp: Language) -> None:
    cache = AnnotationCache(tmp_path / "a.spacy")
    annotate({"n-1": "første"}, nlp, cache)
    nlp.meta["version"] = "9.9.9"
    assert annotate({"n-1": "første"}, nlp, cache)[1] == 1
    assert annotate({"n-1": "første"}, nlp, cache)[1] == 0


def test_a_retrained_model_of_the_same_name_has_another_mark(tmp_path: Path, nlp: Language) -> None:
    nlp.to_disk(tmp_path / "modell")
    before = model_mark(spacy.load(tmp_path / "modell"))
    (tmp_path / "modell" / "scores.json").write_text("{}", encoding="utf-8")
    assert model_mark(spacy.load(tmp_path / "modell")) != before


def test_a_cache_of_several_parts_is_read_whole(tmp_path: Path, nlp: Language, monkeypatch) -> None:
    monkeypatch.setattr(MODULE, "CACHE_PART", 3)
    texts = {str(number): f"innspill {number}" for number in range(10)}
    first, _ = annotate(texts, nlp, AnnotationCache(tmp_path / "a.spacy"))
    second, fresh = annotate(texts, nlp, AnnotationCache(tmp_path / "a.spacy"))
    assert fresh == 0
    assert {key: doc.to_json() for key, doc in second.items()} == {
        k: doc.to_json() for k, doc in first.items()
    }


def test_a_cache_that_was_cut_off_is_made_anew(tmp_path: Path, nlp: Language) -> None:
    cache = AnnotationCache(tmp_path / "a.spacy")
    annotate({"n-1": "første", "n-2": "andre"}, nlp, cache)
    cache.path.write_bytes(cache.path.read_bytes()[:-5])
    assert annotate({"n-1": "første"}, nlp, cache)[1] == 1


def test_few_texts_stay_in_one_process_and_many_use_no_more_than_half_the_cores(monkeypatch) -> None:
    monkeypatch.setattr(MODULE.os, "sched_getaffinity", lambda _: set(range(6)), raising=False)
    assert [processes_for(count) for count in (0, 5000, 5001)] == [1, 1, 3]
    monkeypatch.setattr(MODULE.os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    assert processes_for(100_000) == 1


def test_several_processes_give_the_same_documents_in_the_same_order(nlp: Language) -> None:
    texts = [f"boligen mangler {number}" for number in range(20)]
    alone, shared = (list(annotated(texts, nlp, processes)) for processes in (1, 2))
    assert [doc.to_json() for doc in alone] == [doc.to_json() for doc in shared]


def test_content_lemmas_leave_out_function_words_and_pseudonyms() -> None:
    words = ["[", "PERSON-1", "]", "har", "ikke", "bolig", "i", "Time", "2"]
    tags = ["PUNCT", "PROPN", "PUNCT", "AUX", "PART", "NOUN", "ADP", "PROPN", "NUM"]
    doc = Doc(
        spacy.blank("nb").vocab,
        words=words,
        spaces=[False, False, True, True, True, True, True, True, False],
        pos=tags,
        lemmas=words,
    )
    assert content_lemmas(doc) == ["bolig", "time"]
    assert content_lemmas(doc[5:9]) == ["bolig", "time"]


def test_the_most_frequent_form_speaks_for_a_lemma(nlp: Language) -> None:
    docs = annotate({"a": "boligen boligen", "b": "boligen"}, nlp)[0].values()
    assert surface_forms(docs) == {"bolig": "boligen"}


def test_tokens_are_found_by_the_characters_they_overlap() -> None:
    doc = spacy.blank("nb")("Vi treng 😀 bustad nå")
    spans = TokenSpans(doc)
    assert spans(0, len(doc.text)).text == doc.text
    assert spans(4, 5).text == "treng"
    assert spans(9, 13).text == "😀 bustad"
    assert spans(2, 3) is None
    for start in range(len(doc.text)):
        for end in range(start + 1, len(doc.text) + 1):
            slow = [token.i for token in doc if token.idx < end and token.idx + len(token) > start]
            found = spans(start, end)
            assert ([token.i for token in found] if found is not None else []) == slow
