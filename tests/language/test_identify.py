import subprocess
import sys
from pathlib import Path

import pytest

from kafe.language.identify import identify, written_standards
from kafe.language.training.treebank import read_conll

SHARED = Path(__file__).parents[3] / "shared" / "treebank"
TABLE = Path(__file__).parents[1] / "data" / "languages.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
CASES = [(answer, spoken == "d", text.replace("⏎", "\n")) for answer, spoken, text in ROWS]


@pytest.mark.parametrize(("answer", "dialect", "text"), CASES)
def test_the_language_of_a_note(answer: str, dialect: bool, text: str) -> None:
    found = identify([text])[0]
    if dialect:
        assert found.dialect and found.language in ("nb", "nn", "unsure")
    else:
        assert (found.language, found.dialect) == (answer, False)


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len(CASES) >= 60


def test_no_texts_give_no_answers() -> None:
    assert identify([]) == []
    assert written_standards([]) == []


def test_a_text_gets_the_same_answer_alone_and_among_others() -> None:
    texts = [text for _, _, text in CASES]
    assert [found.language for found in identify(texts)] == [written_standards([text])[0] for text in texts]


def test_pseudonym_tags_do_not_change_the_answer() -> None:
    plain, tagged = identify(
        ["Ho ringde, men ingen svarte", "Ho ringde [PERSON-12], men ingen [STED-1] svarte"]
    )
    assert plain.language == tagged.language == "nn"


def test_the_command_gives_one_answer_a_line(tmp_path: Path) -> None:
    path = tmp_path / "tekster.txt"
    path.write_bytes("\ufeffMeir tid\n\nWe need more help\r\nDæm kjem itj\n".encode())
    command = [sys.executable, "-m", "kafe", "language", "identify"]
    ran = subprocess.run([*command, path], capture_output=True, check=True)
    assert ran.stdout.decode() == "nn\n\nother\nnn\n"
    ran = subprocess.run([*command, "--dialect"], input=path.read_bytes(), capture_output=True, check=True)
    assert ran.stdout.decode().splitlines()[0] == "nn\t"
    assert ran.stdout.decode().splitlines()[3] == "nn\tdialekt"


@pytest.mark.shared
@pytest.mark.skipif(
    not SHARED.is_dir(), reason="the treebank is not beside the checkout (../shared/treebank)"
)
@pytest.mark.parametrize(("low", "high", "least"), [(5, 10**6, 0.979), (3, 4, 0.87)])
def test_sentences_of_the_treebank_are_told_apart_and_abstaining_counts_as_wrong(
    low: int, high: int, least: float
) -> None:
    right = total = 0
    for standard, answer in (("nob", "nb"), ("nno", "nn")):
        texts = [
            " ".join(word.form for word in sentence)
            for sentence in read_conll(SHARED / f"ud-dev-{standard}.conllu")
            if low <= sum(word.form.isalpha() for word in sentence) <= high
        ]
        right += written_standards(texts).count(answer)
        total += len(texts)
    assert right / total > least
