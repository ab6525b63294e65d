import subprocess
import sys

import numpy as np
import pytest

from kafe.language.models.embedding import encode, static_path

TEXTS = (
    "Han sitter alene hjemme hele dagen",
    "",
    "Fastlegen – og DPS! – svarer ikke (2 prikker)",
    "– – –",
    "Eg veit ikkje kven eg skal ringje når det hastar om natta",
)


def nearest(text: str, others: list[str]) -> str:
    vectors = encode([text, *others])
    return others[int((vectors[1:] @ vectors[0]).argmax())]


def test_rows_have_unit_length_and_texts_without_letters_are_zero():
    vectors = encode(TEXTS)
    assert vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    assert lengths == pytest.approx([1, 0, 1, 0, 1], abs=1e-5)


def test_no_text_gives_no_row():
    assert encode([]).shape == (0, encode(["a"]).shape[1])


def test_a_row_depends_on_its_own_text_alone():
    together = encode(list(TEXTS) * 300)
    alone = np.vstack([encode([text]) for text in TEXTS])
    assert np.array_equal(together[-len(TEXTS) :], alone)


def test_model2vec_gives_the_same_vectors():
    from model2vec import StaticModel

    model = StaticModel.from_pretrained(static_path())
    long = "bolig og rus " * 1500
    theirs = model.encode([*TEXTS, long], use_multiprocessing=False)
    assert np.abs(encode([*TEXTS, long]) - theirs).max() < 2e-3


def test_the_whole_model_stays_below_sixteen_megabytes():
    assert sum(path.stat().st_size for path in static_path().iterdir()) < 16e6


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("han sitter alene hjemme hele dagen", "ensomhet og isolasjon", "innkjøp av medisinsk utstyr"),
        ("får ikke betalt regningene", "dårlig økonomi og gjeld", "trening og kosthold"),
        ("drikker for å dempe uroen", "rus og avhengighet", "parkering og buss"),
    ],
)
def test_meaning_is_found_without_a_shared_word(text, right, wrong):
    assert nearest(text, [wrong, right]) == right


def test_bokmål_and_nynorsk_of_one_matter_lie_near():
    assert nearest("einsemd", ["ensomhet", "enighet", "endring"]) == "ensomhet"
    assert nearest("heimesjukepleie", ["hjemmesykepleie", "hestestell", "hemmelighet"]) == "hjemmesykepleie"


def test_other_processes_give_the_same_bytes():
    code = (
        "import hashlib; from kafe.language.models.embedding import encode;"
        f"print(hashlib.sha256(encode({list(TEXTS)!r}).tobytes()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "OMP_NUM_THREADS": seed, "PYTHONUTF8": "1", "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
