"""Measured values, their limits, and what could not be measured."""

import pytest

from kafe.charts import dot_range


def test_agreement_tells_limits_and_what_was_not_measured(plotly):
    rows = [
        {"kode": "b", "nå": 0.6, "fra": 0.4, "til": 0.7},
        {"kode": "c", "nå": None, "fra": None, "til": None},
        {"kode": "a", "nå": 0.9, "fra": 0.8, "til": 0.95},
    ]
    figure = dot_range(rows, "kode", "nå", "fra", "til", title="Samsvar")
    assert figure.summary == (
        "Høyest: a (0,90); lavest: b (0,60). "
        "1 av 2 er 0,80 eller høyere (pålitelig). For 1 kunne verdien ikke regnes ut."
    )
    assert figure.data.headers == ("kode", "Verdi", "Nedre grense", "Øvre grense")
    assert figure.data.cells[0] == ("a", "0,90", "0,80", "0,95")
    (dots,) = plotly(figure)["data"]
    assert dots["error_x"]["array"] == pytest.approx([0.05, 0.1])
    assert dots["error_x"]["arrayminus"] == pytest.approx([0.1, 0.2])
    notes = [note["text"] for note in plotly(figure)["layout"]["annotations"]]
    assert notes == ["0,67<br>foreløpig", "0,80<br>pålitelig", "kunne ikke regnes ut"]


def test_rows_can_keep_their_order_and_lines_be_other_than_those_of_agreement(plotly):
    rows = [{"kode": "b", "v": -0.1}, {"kode": "a", "v": 0.1}]
    figure = dot_range(rows, "kode", "v", lines=[(0, "like ofte")], span=(-0.2, 0.2), sort=False, title="T")
    assert plotly(figure)["layout"]["yaxis"]["ticktext"] == ["b", "a"]
    assert plotly(figure)["layout"]["xaxis"]["range"] == pytest.approx([-0.212, 0.212])
    assert figure.summary.endswith("1 av 2 er 0 eller høyere (like ofte).")
