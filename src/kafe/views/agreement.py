"""Agreement as reports show it: by the two that are compared, with their names as headers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kafe.blocks import Block, callout, remark, stack, table
from kafe.formatting import number
from kafe.messages import message
from kafe.origins import CONSENSUS_CODER
from kafe.records import Coding, Row
from kafe.stats import wilson
from kafe.views.results import Results

VERDICTS = ("reliable", "tentative", "uncertain", "insufficient", "too_few", "undefined")
MEASURES = {"percent": "percent", "kappa": "decimal", "alpha": "decimal", "ac1": "decimal"}


def coder_name(coder: str) -> str:
    """Return what a report calls a coder: people by the name they code under, the rules as such."""
    kind, colon, name = coder.partition(":")
    if colon and kind in ("first", "last"):
        return message(f"agreement.coders.{kind}", coder=name)
    return message("flow.coder.rules") if kind == "rule" else coder


def named(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Return the rows with `first` and `second`, the coders' names, `verdict_label`, and `label`: the code,
    with its pair where several are compared."""
    several = len({(row["coder_a"], row["coder_b"]) for row in rows}) > 1
    found = []
    for row in rows:
        first, second = coder_name(row["coder_a"]), coder_name(row["coder_b"])
        label = f"{row['name']} ({first}, {second})" if several else row["name"]
        found.append({**row, "first": first, "second": second, "label": label} | _verdict(row))
    return found


def _verdict(row: Mapping[str, Any]) -> Row:
    return {"verdict_label": message(f"agreement.verdict.{row['verdict']}")} if "verdict" in row else {}


def counted_words(results: Results) -> Block | None:
    """Return in a sentence that what was agreed in consensus counts, and on how many notes; nothing without one."""
    agreed = {
        one.note_id for one in results.codings if one.id in results.replaced or one.coder == CONSENSUS_CODER
    }
    if not agreed:
        return None
    key = "one" if len(agreed) == 1 else "some"
    return callout(message(f"flow.counted.{key}", count=len(agreed)), "note")


def people(codings: Iterable[Coding]) -> set[str]:
    """Return who has made the codings; the consensus is nobody of its own."""
    return {coding.coder for coding in codings} - {CONSENSUS_CODER}


def verdict_counts(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, int, str]]:
    """Return how many codes have each verdict, for key figures, the best first."""
    counts = {
        message(f"agreement.verdict.{key}"): sum(row["verdict"] == key for row in rows) for key in VERDICTS
    }
    return [
        (word.capitalize(), count, message(f"flow.agreement.{'one' if count == 1 else 'many'}"))
        for word, count in counts.items()
        if count
    ]


def of_codes(rows: Sequence[Mapping[str, Any]], least: int = 1) -> list[Row]:
    """Return the rows about single codes that the two have used at least `least` times together."""
    return [row for row in named(rows) if row["code"] and row["positive_a"] + row["positive_b"] >= least]


def lowest(rows: Sequence[Row], limit: int) -> list[Row]:
    """Return the rows with the lowest alpha first; those without alpha are left out."""
    return sorted((row for row in rows if row["alpha"] is not None), key=lambda row: row["alpha"])[:limit]


def agreement_tables(rows: Sequence[Mapping[str, Any]], caption: str, empty: str) -> Block:
    """Return a table for each two compared: uses by each and both, coefficients and verdict, lowest alpha first."""
    told = [{**row, "positive": _positive(row)} for row in rows]
    return _tables(told, caption, empty, MEASURES | {"positive": "auto"})


def _positive(row: Mapping[str, Any]) -> str:
    """Return, under ten uses, the share of uses that both made, with its interval; empty elsewhere.

    Positive agreement: Cicchetti & Feinstein (1990), Journal of Clinical Epidemiology 43:551–558; the interval
    is Wilson's on the mean number of uses.
    """
    uses = row["positive_a"] + row["positive_b"]
    if not row["code"] or row["verdict"] != "too_few" or not uses:
        return ""
    low, high = wilson(row["positive_both"], uses / 2)
    share = number(2 * row["positive_both"] / uses, 2)
    return message("flow.agreement.with_interval", share=share, low=number(low, 2), high=number(high, 2))


def disagreement_tables(rows: Sequence[Mapping[str, Any]], caption: str, empty: str, limit: int) -> Block:
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


def span_tables(rows: Sequence[Mapping[str, Any]], caption: str, empty: str) -> Block:
    """Return a table for each two compared: spans by each, shared characters, unitizing alpha, lowest first."""
    used = [row for row in named(rows) if row["code"] and sum(row["spans"])]
    parts = []
    for (first, second), own in _by_pair(used).items():
        columns = {
            "name": message("flow.agreement.code"),
            "spans_a": _whole(first),
            "spans_b": _whole(second),
            **{key: message(f"flow.agreement.{key}") for key in ("f1", "unitizing")},
            "verdict_label": message("flow.agreement.verdict"),
        }
        shown = [
            {**row, "spans_a": row["spans"][0], "spans_b": row["spans"][1], "unitizing": row["alpha"]}
            for row in own
        ]
        title = message("flow.coder.pair", first=first, second=second, caption=caption)
        formats = {"f1": "percent", "unitizing": "decimal"}
        parts.append(table(shown, columns, title, formats=formats, sort_by="unitizing", descending=False))
    return stack(parts) if parts else remark(empty)


def together_table(rows: Sequence[Mapping[str, Any]], caption: str) -> Block | None:
    """Return agreement of three or more people, code by code, lowest alpha first; nothing for fewer."""
    used = [{**row, "uses": sum(row["positives"]), **_verdict(row)} for row in rows if sum(row["positives"])]
    if not used:
        return None
    keys = ("uses", "percent", "alpha", "ac1")
    columns = {"name": message("flow.agreement.code")} | {
        key: message(f"flow.agreement.{key}") for key in keys
    }
    columns["verdict_label"] = message("flow.agreement.verdict")
    measures = {key: MEASURES[key] for key in ("percent", "alpha", "ac1")}
    return table(used, columns, caption, formats=measures, sort_by="alpha", descending=False)


def consensus_tables(rows: Sequence[Mapping[str, Any]], caption: str, empty: str) -> Block:
    """Return, for each two people, where they did the same and not, and how much of it is settled."""
    open_rows = [row for row in named(rows) if row["differences"]]
    parts = []
    for (first, second), own in _by_pair(open_rows).items():
        columns = {
            "name": message("flow.agreement.code"),
            "agree": message("flow.agreement.same"),
            "overlap": message("flow.agreement.overlap"),
            "only_a": message("flow.coder.only", name=_whole(first)),
            "only_b": message("flow.coder.only", name=_whole(second)),
            "settled": message("flow.agreement.settled"),
        }
        title = message("flow.coder.pair", first=first, second=second, caption=caption)
        parts.append(table(own, columns, title, limit=15))
    return stack(parts) if parts else remark(empty)


def settled_figures(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, int, str]]:
    """Return, for key figures, how many differences there are and how many of them are settled."""
    found = sum(row["differences"] for row in rows)
    settled = sum(row["settled"] for row in rows)
    return [
        (message("flow.agreement.differences"), found, message("flow.agreement.differences_about")),
        (message("flow.agreement.settled"), settled, message("flow.agreement.settled_about")),
    ]


def _by_pair(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], list[Row]]:
    pairs: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        pairs.setdefault((row["first"], row["second"]), []).append(dict(row))
    return pairs


def _tables(
    rows: Sequence[Mapping[str, Any]],
    caption: str,
    empty: str,
    measures: dict[str, str],
    limit: int | None = None,
    *,
    only: bool = False,
) -> Block:
    by_pair = _by_pair(rows)
    if not by_pair:
        return remark(empty)
    word = "flow.coder.only" if only else "flow.coder.any"
    parts = []
    for (first, second), own in by_pair.items():
        columns = {
            "name": message("flow.agreement.code"),
            "positive_a": message(word, name=_whole(first)),
            "positive_b": message(word, name=_whole(second)),
            "positive_both": message("flow.agreement.both"),
            **{key: message(f"flow.agreement.{key}") for key in measures},
            "verdict_label": message("flow.agreement.verdict"),
        }
        sort_by = None if only else "alpha"
        title = message("flow.coder.pair", first=first, second=second, caption=caption)
        parts.append(
            table(own, columns, title, formats=measures, sort_by=sort_by, descending=False, limit=limit)
        )
    return stack(parts)


def _whole(name: str) -> str:
    """Return the name with hyphens that a narrow header does not break at."""
    return name.replace("-", "\u2011")
