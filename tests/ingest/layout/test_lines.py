"""Dot votes at the end of a line."""

import pytest

from kafe.ingest.layout.lines import take_votes


@pytest.mark.parametrize(
    ("text", "left", "votes"),
    [
        ("bolig (3 prikker)", "bolig", 3),
        ("bolig (2 røyster).", "bolig", 2),
        ("bolig [1 stemme]", "bolig", 1),
        ("bolig – 4 prikkar", "bolig", 4),
        ("bolig +++", "bolig", 3),
        ("bolig+++", "bolig", 3),
        ("bolig x3", "bolig", 3),
        ("bolig ×2", "bolig", 2),
        ("bolig ●●●", "bolig", 3),
        ("bolig ● ●", "bolig", 2),
        ("bolig +", "bolig", 1),
        ("for de over 65 +", "for de over 65 +", 0),
        ("18+", "18+", 0),
        ("vi er 3 til bords", "vi er 3 til bords", 0),
        ("se punkt (3)", "se punkt (3)", 0),
        ("+++", "+++", 0),
    ],
)
def test_dot_votes_leave_the_text(text: str, left: str, votes: int) -> None:
    assert take_votes(text) == (left, votes)
