"""Colours that can be told apart and seen on both backgrounds (WCAG 2.1, 1.4.3 and 1.4.11)."""

from itertools import pairwise

import pytest

from kafe.charts import theme
from kafe.charts.heatmap import HIDDEN_SHADE, SHADES

LIGHT, DARK = "#ffffff", "#14171b"


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("background", [LIGHT, DARK])
@pytest.mark.parametrize("colour", theme.SERIES)
def test_every_series_colour_stands_out(colour, background):
    assert contrast(colour, background) >= 3


@pytest.mark.parametrize("shade", [HIDDEN_SHADE, *(shade for _, shade in SHADES)])
def test_numbers_in_cells_can_be_read(shade):
    assert contrast(theme.INK, shade) >= 4.5


def test_series_never_share_a_symbol():
    assert len(set(theme.SYMBOLS)) == len(theme.SERIES)
    assert all(one != other for one, other in pairwise(theme.SERIES))
