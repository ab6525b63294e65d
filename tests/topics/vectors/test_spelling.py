"""How much spelling counts."""

import numpy as np

from kafe.topics.vectors.embedder import Embedder
from kafe.topics.vectors.spelling import SPELLING_RANGE, spelling_share
from kafe.topics.words.content_words import normal_words

embed = Embedder().embed


def test_spelling_weighs_more_the_more_texts_repeat_each_other():
    apart = ["bolig", "buss", "tannlege", "ensomhet", "vedtak", "skole"]
    some = ["dyr bolig i sentrum", "buss om kvelden til sentrum", "tannlege koster for mye penger"]
    some += ["vedtak kan ikke klages på", "ensomhet er verst i helga", "skole og mye fravær"]
    same = [f"sett alarmen på klokka {hour} i morgen" for hour in ("sju", "åtte", "ni", "ti")]
    shares = [spelling_share(normal_words(texts)) for texts in (apart, some, same)]
    assert shares[0] == SPELLING_RANGE[0] and shares[2] == SPELLING_RANGE[1]
    assert SPELLING_RANGE[0] < shares[1] < SPELLING_RANGE[1]
    assert np.array_equal(embed(some), embed(some, spelling=shares[1]))
    assert not np.array_equal(embed(some), embed(some, spelling=0.5))
