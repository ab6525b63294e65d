"""Rows that every chart can draw, and a figure as plotly gets it."""

import pytest


@pytest.fixture
def counts():
    """Five counts, one of them hidden."""
    names = {"Tid": 7, "Tillit": 12, "Bolig": None, "Mat": 5, "Vei": 9}
    return [{"tema": name, "antall": count} for name, count in names.items()]


@pytest.fixture
def plotly():
    """Return a figure's chart as JSON data."""
    return lambda figure: figure.payload()["plotly"]


@pytest.fixture
def row():
    """Make a row that has what each chart asks for."""

    def make(label="a", value=2, series="s", affected=4, influence=2):
        return {
            "label": label,
            "value": value,
            "series": series,
            "affected": affected,
            "influence": influence,
        }

    return make


@pytest.fixture
def apart():
    """Tell whether no two boxes (left, top, right, bottom) overlap."""

    def check(boxes):
        return all(
            a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            for place, a in enumerate(boxes)
            for b in boxes[place + 1 :]
        )

    return check
