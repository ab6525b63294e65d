"""Agreement as reports show it: by the two that are compared, with their names as headers."""

from __future__ import annotations

from collections.abc import Sequence

from kafe.charts import Block, plain, table, together
from kafe.flow.project import Row
from kafe.text import tekst

VERDICTS = ("reliable", "tentative", "insufficient", "too_few", "undefined")
MEASURES = {"percent": "percent", "kappa": "decimal", "alpha": "decimal", "ac1": "decimal"}


def coder_name(coder: str) -> str:
    """Return what a report calls a coder: people by the name they code under, the rules as such."""
    return tekst("flow.coder.rules") if coder.partition(":")[0] == "rule" else coder


def named(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with `first` and `second`, the coders' names, and `label`: the code, with its pair where several are compared."""
    several = len({(row["coder_a"], row["coder_b"]) for row in rows}) > 1
    found = []
    for row in rows:
        first, second = coder_name(row["coder_a"]), coder_name(row["coder_b"])
        label = f"{row['name']} ({first}, {second})" if several else row["name"]
        found.append({**row, "first": first, "second": second, "label": label})
    return found


def verdict_counts(rows: Sequence[Row]) -> list[tuple[str, int, str]]:
    """Return how many codes have each verdict, for key figures, the best first."""
    words = {key: tekst(f"coding.verdict.{key}") for key in VERDICTS}
    counts = {word: sum(row["verdict"] == word for row in rows) for word in words.values()}
    return [
        (word.capitalize(), count, tekst(f"flow.agreement.{'one' if count == 1 else 'many'}"))
        for word, count in counts.items()
        if count
    ]


def of_codes(rows: Sequence[Row], least: int = 1) -> list[Row]:
    """Return the rows about single codes that the two have used at least `least` times together."""
    return [row for row in named(rows) if row["code"] and row["positive_a"] + row["positive_b"] >= least]


def lowest(rows: Sequence[Row], limit: int) -> list[Row]:
    """Return the rows with the lowest alpha first; those without alpha are left out."""
    return sorted((row for row in rows if row["alpha"] is not None), key=lambda row: row["alpha"])[:limit]


def agreement_tables(rows: Sequence[Row], caption: str, empty: str) -> Block:
    """Return a table for each two compared: uses by each and both, coefficients and verdict, lowest alpha first."""
    return _tables(rows, caption, empty, MEASURES)


def disagreement_tables(rows: Sequence[Row], caption: str, empty: str, limit: int) -> Block:
    """Return, for each two compared, the codes that most units carry from only one of them."""
    apart = [
        {
            **row,
            "positive_a": row["positive_a"] - row["positive_both"],
            "positive_b": row["positive_b"] - row["positive_both"],
        }
        for row in rows
    ]
    apart = [row for row in apart if row["positive_a"] + row["positive_b"]]
    apart.sort(key=lambda row: -(row["positive_a"] + row["positive_b"]))
    return _tables(apart, caption, empty, {}, limit, only=True)


def _tables(
    rows: Sequence[Row],
    caption: str,
    empty: str,
    measures: dict[str, str],
    limit: int | None = None,
    *,
    only: bool = False,
) -> Block:
    by_pair: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        by_pair.setdefault((row["first"], row["second"]), []).append(row)
    if not by_pair:
        return plain(empty)
    word = "flow.coder.only" if only else "flow.coder.any"
    parts = []
    for (first, second), own in by_pair.items():
        columns = {
            "name": tekst("flow.agreement.code"),
            "positive_a": tekst(word, name=_whole(first)),
            "positive_b": tekst(word, name=_whole(second)),
            "positive_both": tekst("flow.agreement.both"),
            **{key: tekst(f"flow.agreement.{key}") for key in measures},
            "verdict": tekst("flow.agreement.verdict"),
        }
        sort_by = None if only else "alpha"
        title = tekst("flow.coder.pair", first=first, second=second, caption=caption)
        parts.append(
            table(own, columns, title, formats=measures, sort_by=sort_by, descending=False, limit=limit)
        )
    return together(parts)


def _whole(name: str) -> str:
    """Return the name with hyphens that a narrow header does not break at."""
    return name.replace("-", "\u2011")
