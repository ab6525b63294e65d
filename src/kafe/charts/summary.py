"""One-sentence Norwegian summaries of what a chart shows, for those who cannot see it."""

from collections.abc import Sequence

from kafe.charts.crosstab import Crosstab
from kafe.formatting import cell, listed, number
from kafe.messages import message

Pair = tuple[str, float | None]


def _sentences(parts: Sequence[str]) -> str:
    return " ".join(part[:1].upper() + part[1:] for part in parts)


def _item(pair: Pair) -> str:
    return message("charts.summary.item", label=pair[0], value=cell(pair[1]))


def ranking(pairs: Sequence[Pair], hidden: str) -> str:
    """Return who has most and least; None is a count too small to be shown."""
    known = sorted((pair for pair in pairs if pair[1] is not None), key=lambda pair: -(pair[1] or 0))
    missing = len(pairs) - len(known)
    if not known:
        key = "one_hidden" if missing == 1 else "all_hidden"
        return message(f"charts.summary.{key}", count=missing, hidden=hidden)
    sentences = [_ranked(known)]
    if missing:
        sentences.append(message("charts.summary.some_hidden", count=missing, hidden=hidden))
    return _sentences(sentences)


def _ranked(known: Sequence[Pair]) -> str:
    unit = message("charts.summary.unit")
    if len(known) == 1:
        return message("charts.summary.one", label=known[0][0], value=cell(known[0][1]), unit=unit)
    if known[0][1] == known[-1][1]:
        return message("charts.summary.equal", count=len(known), value=cell(known[0][1]), unit=unit)
    if len(known) == 2:
        return message("charts.summary.two", most=_item(known[0]), least=_item(known[1]), unit=unit)
    second = [_item(pair) for pair in known[1:3]] if len(known) > 3 else [_item(known[1])]
    then = message("charts.summary.then", items=listed(second))
    return message(
        "charts.summary.ranked", most=_item(known[0]), then=then, least=_item(known[-1]), unit=unit
    )


def per_series(groups: Sequence[tuple[str, Sequence[Pair]]]) -> str:
    """Return the largest item of each series."""
    sentences = []
    for name, pairs in groups:
        known = [pair for pair in pairs if pair[1] is not None]
        if not known:
            continue
        top = max(known, key=lambda pair: pair[1] or 0)
        if len(known) > 1 and all(pair[1] == top[1] for pair in known):
            sentences.append(message("charts.summary.series_equal", series=name, value=cell(top[1])))
        else:
            sentences.append(message("charts.summary.series", series=name, item=_item(top)))
    return _sentences(sentences)


def darkest(found: Crosstab) -> str:
    """Return where a heat map is darkest, and its size."""
    unit = message("charts.summary.unit")
    shape = message("charts.summary.cells_size", rows=len(found.rows), columns=len(found.columns))
    if not any(found.values.values()):
        veiled = None in found.values.values()
        words = message("charts.summary.cells_hidden" if veiled else "charts.summary.cells_zero", unit=unit)
        return f"{words} {shape}"
    (x, y), value = max(found.values.items(), key=lambda pair: pair[1] or 0)
    return f"{message('charts.summary.cells', unit=unit, x=x, y=y, value=cell(value))} {shape}"


def ranges(pairs: Sequence[Pair], line: tuple[float, str] | None) -> str:
    """Return the highest and lowest of measured values, and how many reach the line; None: not measured."""
    known = sorted((pair for pair in pairs if pair[1] is not None), key=lambda pair: -(pair[1] or 0))
    sentences = []
    if len(known) == 1:
        sentences.append(message("charts.summary.range_one", label=known[0][0], value=cell(known[0][1])))
    elif known:
        sentences.append(message("charts.summary.range", most=_item(known[0]), least=_item(known[-1])))
    if known and line:
        above = sum(1 for pair in known if (pair[1] or 0) >= line[0])
        shown = number(round(line[0], 2))
        sentences.append(
            message("charts.summary.range_line", above=above, count=len(known), line=shown, name=line[1])
        )
    if len(known) < len(pairs):
        sentences.append(message("charts.summary.range_missing", count=len(pairs) - len(known)))
    return _sentences(sentences)


def extremes(
    series: Sequence[tuple[str, Sequence[tuple[float, float]]]], x: str, y: str, chosen: float | None
) -> str:
    """Return where each curve is highest; one curve alone also where it is lowest."""
    sentences = []
    for name, points in series:
        top = max(points, key=lambda point: point[1])
        low = min(points, key=lambda point: point[1])
        words = {"x": x, "y": y, "value": number(top[1]), "at": number(top[0])}
        if len(series) == 1:
            sentences.append(
                message("charts.summary.curve", low=number(low[1]), low_at=number(low[0]), **words)
            )
        else:
            sentences.append(message("charts.summary.curve_series", series=name, **words))
    if chosen is not None:
        sentences.append(message("charts.summary.chosen", x=x, at=number(chosen)))
    return _sentences(sentences)
