"""BERTopic's words of given groups: Norwegian letters kept, human codes described."""

import numpy as np

from kafe.topics.class_tfidf import class_tfidf, keywords


def test_norwegian_letters_and_terms_of_two_words_survive():
    words = [["pårørende", "individuell plan"], ["pårørende"], ["ærlighet", "ønske"], ["ønske"]]
    weights, terms = class_tfidf(words, np.eye(4), np.array([1, 1, 0, 0]))
    assert sorted(terms) == ["individuell plan", "pårørende", "ærlighet", "ønske"]
    own = dict(zip(terms, weights[1].toarray()[0], strict=True))
    assert own["pårørende"] > 0 == own["ønske"]


def test_words_of_human_codes_tell_them_apart():
    words = {"a": ["bolig", "leie"], "b": ["bolig"], "c": ["jobb", "leie"], "d": []}
    found = keywords(words, {"hjem": ["a", "b"], "arbeid": ["c"], "tom": ["d", "x"]}, top=1)
    assert found == {"hjem": ["bolig"], "arbeid": ["jobb"]}
    assert keywords(words, {}) == {}
