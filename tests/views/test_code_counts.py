"""A count of a code is said to be read or estimated, and what the estimate rests on."""

from types import SimpleNamespace
from typing import Any

import pytest

from kafe.views import codes

ROW = {"code": "bolig", "read": 12, "notes_read": 302, "notes": 573, "estimate": 41.4, "low": 35, "high": 49}


def results(**more: Any) -> Any:
    rows = [{**ROW, "kind": "estimated", "basis": "model", **more}]
    return SimpleNamespace(
        tables=SimpleNamespace(coding=SimpleNamespace(counts=rows)), names={"bolig": "Bolig"}, selection={}
    )


def test_nothing_is_estimated_for_a_selection() -> None:
    part = results()
    part.selection = {"group": "bruker"}
    assert codes.estimated(part) == []
    assert "gjelder hele materialet" in codes.estimated_words(part).text


def test_an_estimate_has_its_interval_and_its_kind() -> None:
    (row,) = codes.estimated(results())
    assert row == {"name": "Bolig", "read": 12, "shown": "om lag 41 av 573 (35–49)", "kind": "anslått"}


def test_what_was_read_is_never_said_to_be_about() -> None:
    told = results(kind="read", estimate=12.0)
    (row,) = codes.estimated(told)
    assert row["shown"] == "12 av 302 leste"
    assert row["kind"] == "lest"
    assert codes.estimated_words(told) is None


@pytest.mark.parametrize(("basis", "drawn"), [("draw", True), ("model", False)])
def test_a_random_draw_is_said_only_where_it_was_one(basis: str, drawn: bool) -> None:
    block = codes.estimated_words(results(basis=basis))
    assert block is not None
    assert ("de er et tilfeldig utvalg" in block.text) is drawn
    assert ("ikke som et tilfeldig utvalg" in block.text) is not drawn
