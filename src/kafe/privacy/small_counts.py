"""Hiding counts so small that they could point at someone, and counts that would give them away."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kafe.messages import message
from kafe.settings import PrivacySettings


def visible_count(count: int, below: int) -> int | None:
    """Return the count, or None where it is hidden: from 1 to `below` - 1. Zero is shown."""
    return None if 0 < count < below else count


def may_quote(group_size: int, privacy: PrivacySettings) -> bool:
    """Return whether a group of this size is large enough to be quoted from."""
    return group_size >= privacy.quote_from


def hide_small_counts(
    rows: Sequence[Mapping[str, Any]],
    column: str,
    privacy: PrivacySettings,
    *,
    totals: Iterable[Sequence[str]] = (),
    linked: Sequence[str] = (),
) -> list[dict[str, Any]]:
    """Return the rows with small counts of `column` hidden as None, and how to write them beside it.

    Every row gets `COLUMN_shown`: the number, «<5», or a word for hidden. `linked` columns (shares,
    votes, intervals) become None in the same rows. Each of `totals` names the columns that share a
    total which readers know or can find, e.g. `[("session",), ("group",)]` for a cross table, or `[()]`
    when the whole table adds up to one. In each such part the hidden cells must not follow from the
    total: a single hidden cell, or several whose sum leaves one possibility, gets the smallest visible
    neighbour hidden too (complementary suppression: Hundepool et al., Statistical Disclosure Control,
    2012, ch. 4). Then all hidden cells are written alike, so that nobody sees which is the small one.
    """
    counts = [row[column] for row in rows]
    small = {place for place, count in enumerate(counts) if visible_count(count, privacy.hide_below) is None}
    hidden = set(small)
    parts = [part for keys in totals for part in _parts(rows, keys)]
    while extra := {place for part in parts for place in _neighbour(part, counts, hidden, privacy)}:
        hidden |= extra
    mark = (
        message("pilot.privacy.below", limit=privacy.hide_below)
        if hidden == small
        else message("pilot.privacy.hidden")
    )
    return [
        dict(row)
        | {f"{column}_shown": mark if place in hidden else str(row[column])}
        | (dict.fromkeys([column, *linked]) if place in hidden else {})
        for place, row in enumerate(rows)
    ]


def _parts(rows: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> list[list[int]]:
    parts: dict[tuple[Any, ...], list[int]] = {}
    for place, row in enumerate(rows):
        parts.setdefault(tuple(row[key] for key in keys), []).append(place)
    return list(parts.values())


def _neighbour(
    part: Sequence[int], counts: Sequence[int], hidden: set[int], privacy: PrivacySettings
) -> list[int]:
    """Return the cell that must be hidden too for the part's total to give nothing away, if any."""
    inside = [place for place in part if place in hidden]
    whole = sum(counts[place] for place in inside)
    most = privacy.hide_below - 1
    given_away = len(inside) == 1 or whole in (len(inside), len(inside) * most)
    visible = [place for place in part if place not in hidden]
    if not inside or not given_away or not visible:
        return []
    return [min(visible, key=lambda place: (counts[place] == 0, counts[place], place))]
