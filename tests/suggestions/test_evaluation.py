"""Coding more must not make suggestions fewer or worse, whatever the order."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafe.records import Code, Codebook
from kafe.suggestions import learning_curve

DATA = Path(__file__).parent.parent / "data"
SIZES = (0, 10, 29, 30, 50)


def cafe(name: str) -> tuple[list[str], list[frozenset[str]], Codebook]:
    def rows(file: str) -> list[dict[str, str]]:
        with (DATA / file).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    codes = rows(f"cafe-{name}-anchors.csv")
    notes = rows(f"cafe-{name}.csv")
    book = Codebook(
        tuple(
            Code(row["code"], row["code"].replace("_", " "), definition=row["definition"]) for row in codes
        ),
        name,
    )
    return [row["text"] for row in notes], [frozenset({row["label"]}) for row in notes], book


@pytest.mark.parametrize("name", ["users", "staff"])
@settings(max_examples=2, deadline=None)
@given(seed=st.integers(0, 2**16))
def test_in_any_order_of_coding_suggestions_do_not_fall_by_more_than_noise(name: str, seed: int) -> None:
    points = learning_curve(*cafe(name), SIZES, draws=4, seed=seed)
    for before, after in pairwise(points):
        assert after.suggestions_per_note > 0.85 * before.suggestions_per_note
        assert after.top1 > before.top1 - 0.05  # type: ignore[operator]
    first, last = points[0], points[-1]
    assert last.top1 >= first.top1 - 0.04  # type: ignore[operator]
    assert last.suggestions_per_note >= 0.9 * first.suggestions_per_note
    assert min(point.suggestions_per_note for point in points) > 0.2


def test_a_note_without_a_code_counts_against_precision_and_not_in_top1() -> None:
    book = Codebook((Code("bolig", "bolig", definition="Et sted å bo, leilighet."),), "v")
    (point,) = learning_curve(["Mangler leilighet å bo i"] * 8, [frozenset()] * 8, book, [0], draws=1)
    assert point.top1 is None
    assert point.recall is None
    assert point.precision in (None, 0.0)


def test_the_same_seed_gives_the_same_curve() -> None:
    assert learning_curve(*cafe("users"), [5], draws=1) == learning_curve(*cafe("users"), [5], draws=1)
