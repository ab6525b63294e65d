"""What notebook 08 shows of people's codes: tables, saturation, memos, history; small groups hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Literal

from kafe.blocks import Block, callout, remark
from kafe.codings import (
    code_frequencies,
    code_tree,
    cooccurrence,
    cross_table,
    in_reading_order,
    memo_entries,
    saturation,
)
from kafe.formatting import cell, day
from kafe.messages import message
from kafe.privacy import hide_small_counts
from kafe.records import Coding, Memo, Note, Row, Suggestion
from kafe.strings import TAG, cut_at_word
from kafe.views.participation import coded_notes
from kafe.views.results import Results
from kafe.views.search import PRIVATE
from kafe.views.wording import worded

LARGEST = 15
"""Codes in a heat map."""
INDENT = "\u2003"
FEWEST_TABLES = 6
"""Below this many tables, saturation is told note by note."""


def read_notes(results: Results) -> dict[str, Note]:
    """Return the selected notes that a person has coded or finished, in reading order."""
    coded = {note.id for note in coded_notes(results)} | {coding.note_id for coding in results.codings}
    return {note.id: note for note in in_reading_order(results.notes) if note.id in coded}


def frequencies(results: Results, origin: str) -> list[Row]:
    """Return how many selected notes have each code, by people (`human`) or rules (`rule`); small counts hidden.

    Keys: those of `codings.code_frequencies`, and `under`, the heading's name. Headings and unused codes are left
    out.
    """
    items: list[Coding | Suggestion] = [*results.counting, *results.suggestions]
    rows: list[Row] = [
        {**row, "under": results.names.get(str(row["parent"]), "")}
        for row in code_frequencies(items, results.by_id, results.codebook)
        if row["codable"] and row["notes"] and row["origin"] == origin
    ]
    return results.counted(rows, linked=["groups", "sessions", "tables", "votes"])


def commonest(rows: Iterable[Row]) -> list[Row]:
    """Return rows with most notes first."""
    return sorted(rows, key=lambda row: -(row["notes"] or 0))


def pairs(results: Results, least: int) -> list[Row]:
    """Return the pairs of people's codes that `least` selected notes or more share; small counts hidden.

    See `codings.cooccurrence` for the keys.
    """
    found: list[Row] = [dict(row) for row in cooccurrence(results.counting, results.by_id, results.codebook)]
    return results.counted([row for row in found if row["notes"] >= least], linked=["jaccard"])


Column = Literal["group", "session", "question", "municipality"]


def cross(results: Results, column: Column) -> tuple[list[Row], str]:
    """Return people's codes by a column of the notes, with `label` for its values, and which codes they are in words.

    Of the notes that a person has read. Small counts are hidden; where that would hide most of what the
    largest codes have, notes are counted under the headings of the codebook instead, and only there, as the
    two tables together would give hidden counts away. See `kafe.codings.tables.cross_table` for the keys.
    """
    private = column in PRIVATE or bool(set(PRIVATE) & results.selection.keys())
    rows = _crossed(results, results.counting, column, private=private)
    told = [row for row in largest(rows, LARGEST) if row["notes"] != 0]
    if sum(row["notes"] is None for row in told) <= len(told) / 2:
        return rows, message("views.level.codes")
    parents = {code.id: code.parent or code.id for code in results.codebook.codes}
    lifted = [replace(one, code=parents.get(one.code, one.code)) for one in results.counting]
    return _crossed(results, lifted, column, private=private), message("views.level.headings")


def _crossed(results: Results, codings: Sequence[Coding], column: Column, *, private: bool) -> list[Row]:
    labels = {"session": results.session_titles, "question": results.questions}.get(column, {})
    unknown = message("flow.unknown")
    rows = [
        {**row, "label": labels.get(str(row[column]), row[column]) or unknown}
        for row in cross_table(codings, read_notes(results), results.codebook, column)
    ]
    if not private:
        return rows
    return hide_small_counts(
        rows, "notes", results.settings.privacy, totals=[("code",)], linked=["share", "votes"]
    )


def largest(rows: Sequence[Row], codes: int = LARGEST) -> list[Row]:
    """Return the rows of the first codes of a cross table, which are those with most notes."""
    kept = set(list(dict.fromkeys(row["code"] for row in rows))[:codes])
    return [row for row in rows if row["code"] in kept]


def used(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a cross table that have notes, or may have."""
    return [row for row in rows if row["notes"] != 0]


def tree(results: Results) -> list[Row]:
    """Return people's codes as a tree: `label` is indented, unused branches are left out; small counts hidden."""
    rows: list[Row] = [
        row for row in code_tree(results.counting, read_notes(results), results.codebook) if row["notes"]
    ]
    rows = results.counted(results.counted(rows, "own", ["codings"]), "notes", ["share"])
    return [{**row, "label": INDENT * row["level"] + row["name"]} for row in rows]


def saturate(results: Results) -> tuple[saturation.Saturation, list[Row]]:
    """Return the saturation of people's codes, and the curve's rows with each event named.

    By table, or note by note where there are fewer than six tables.
    """
    notes = read_notes(results)
    found = saturation.events(results.counting, notes)
    if len(found) >= FEWEST_TABLES:
        told = saturation.saturate(found, seed=results.settings.seed)
    else:
        found = saturation.events(results.counting, notes, by="note")
        told = saturation.saturate(
            found, seed=results.settings.seed, base=saturation.NOTES_BASE, run=saturation.NOTES_RUN
        )
    rows = []
    for step, event in zip(told.steps, found, strict=True):
        session = results.session_titles.get(event.session, event.session)
        key = "note" if told.base == saturation.NOTES_BASE else "part" if event.table else "loose"
        values: Row = {
            "session": session,
            "table": event.table,
            "number": event.label if key == "loose" else step.number,
        }
        rows.append({**asdict(step), "label": message(f"views.table.{key}", **values)})
    return told, rows


def saturation_words(results: Results, told: saturation.Saturation) -> Block:
    """Return in plain sentences whether new tables still bring new codes."""
    if not results.codings:
        return callout(message("views.saturation.nobody"), "missing")
    by_note = told.base == saturation.NOTES_BASE
    values: Row = {
        **{name: getattr(told, name) for name in ("base", "run", "at", "base_codes")},
        "events": message(f"views.event.{'note' if by_note else 'table'}"),
        "count": len(told.steps),
        "least": told.base + told.run,
        "new": told.last_new,
        "ratio": cell(told.ratio, "percent"),
        "threshold": cell(told.threshold, "percent"),
    }
    made = made_while_coding(results)
    if not made:
        return _all_used(results, told, values)
    lines = [message(f"views.saturation.{told.state}", **values)]
    if told.state == "reached":
        lines.append(message("views.saturation.reached_first", **values))
    if told.orders is not None:
        share = cell(told.orders, "percent")
        lines.append(message("views.saturation.orders", share=share, orders=saturation.ORDERS))
    if by_note:
        lines.append(message("views.saturation.by_note"))
    found = saturation.events(results.counting, read_notes(results), by="note" if by_note else "table")
    if (held := saturation.coverage(found, made)) is not None:
        lines.append(message("views.saturation.coverage", share=cell(held, "percent"), count=len(made)))
    kinds = {"reached": "finding", "too_few": "missing"}
    return callout(" ".join(lines), kinds.get(told.state, "caution"))


def made_while_coding(results: Results) -> set[str]:
    """Return the codes that came into the codebook after the first coding was made."""
    began = min((coding.at[:19] for coding in results.codings if coding.at), default="")
    return {
        code
        for row in results.tables.coding.timeline
        if began and row["at"][:19] > began
        for code in row["added"]
        if code in results.codebook
    }


def _all_used(results: Results, told: saturation.Saturation, values: Row) -> Block:
    """Return what a codebook that was finished beforehand can say: how many codes are used, and what got none."""
    notes = read_notes(results)
    coded = {coding.note_id for coding in results.counting}
    lines = [
        message(
            "views.saturation.closed",
            total=told.steps[-1].total if told.steps else 0,
            codes=sum(code.codable for code in results.codebook.codes),
            count=values["count"],
            events=values["events"],
        ),
        message("views.saturation.uncoded", count=len(notes.keys() - coded), of=len(notes)),
    ]
    return callout(" ".join(lines), "note")


def saturation_summary(told: saturation.Saturation) -> str:
    """Return in a sentence how fast the curve rose; empty without one."""
    if not told.steps:
        return ""
    total = told.steps[-1].total
    half = next(step.number for step in told.steps if 2 * step.total >= total)
    word = message(f"views.event.{'note' if told.base == saturation.NOTES_BASE else 'table'}")
    return message("views.saturation.summary", total=total, count=len(told.steps), half=half, events=word)


def memos(results: Results) -> list[Row]:
    """Return people's memos, the latest first: when, author, kind and subject in words, text.

    Those about notes outside the selection, or in groups too small to be quoted, are left out.
    """
    written = [Memo(**row) for row in results.tables.coding.memos]
    rows = []
    for one in memo_entries(written, results.codings):
        if one.kind in ("note", "coding") and one.note_id not in results.quotable:
            continue
        name = results.codebook[one.code].name if one.code in results.codebook else one.code
        quote = one.quote or (results.by_id[one.note_id].text if one.note_id else "")
        rows.append(
            {
                "when": day(one.at),
                "author": one.author,
                "kind": message(f"views.memo.{one.kind}"),
                "subject": ": ".join(part for part in (name, cut_at_word(quote, 80)) if part),
                "text": one.text,
            }
        )
    return rows


def masked_words(rows: Sequence[Row]) -> Block | None:
    """Return in a sentence in how many of the memos a name was masked; nothing where none was."""
    count = sum(bool(TAG.search(row["text"])) for row in rows)
    return (
        remark(message(f"views.memo.{'masked_one' if count == 1 else 'masked'}", count=count))
        if count
        else None
    )


def measured(results: Results) -> list[Row]:
    """Return the codes on which the model was measured, the best F1 first, with `state_label` in words."""
    rows = [(row["f1"], row) for row in results.tables.coding.learning if row["f1"] is not None]
    best = sorted(rows, key=lambda pair: -pair[0])
    return worded([row for _, row in best], "state", "suggestions.state")


def estimated(results: Results) -> list[Row]:
    """Return counts of notes by code over the whole material, the most first: read, estimated in words, which kind.

    None for a selection: what is estimated for the whole says nothing of a part.
    """
    rows: list[Row] = []
    if results.selection:
        return rows
    for row in sorted(results.tables.coding.counts, key=lambda row: (-row["estimate"], row["code"])):
        whole = {"count": round(row["estimate"]), "notes": row["notes"]}
        between = {"low": row["low"], "high": row["high"]}
        shown = (
            message("views.counts.estimate", **whole, **between)
            if row["kind"] == "estimated"
            else message("views.counts.read", count=row["read"], notes=row["notes_read"])
        )
        rows.append(
            {
                "name": results.names.get(row["code"], row["code"]),
                "read": row["read"],
                "shown": shown,
                "kind": message(f"views.counts.kind.{row['kind']}"),
            }
        )
    return rows


def estimated_words(results: Results) -> Block | None:
    """Return what the estimates rest on; nothing where nothing is estimated; for a selection that they are elsewhere."""
    if results.selection:
        return remark(message("views.counts.whole_only"))
    found = [row for row in results.tables.coding.counts if row["kind"] == "estimated"]
    if not found:
        return None
    least = min(row["notes_read"] for row in found)
    return remark(message(f"views.counts.basis.{found[0]['basis']}", read=least, notes=found[0]["notes"]))


def measured_figures(results: Results) -> list[tuple[str, str, str]]:
    """Return, for key figures, the mean over all measured codes of precision, recall, F1 and people's F1."""
    rows = [row for row in results.tables.coding.learning if row["f1"] is not None]
    figures = []
    for key in ("precision", "recall", "f1", "human_f1"):
        values = [float(value) for row in rows if (value := row[key]) is not None]
        if values:
            about = message("suggestions.mean.about", count=len(values))
            mean = cell(sum(values) / len(values), "decimal")
            figures.append((message(f"suggestions.mean.{key}"), mean, about))
    return figures


def codebook_timeline(results: Results) -> list[Row]:
    """Return the changes of the codebook, the latest first: when, what, who, in words."""
    rows = [
        {
            "when": day(row["at"]) or message("views.memo.start"),
            "what": row["what"],
            "who": row["who"] or (message("views.memo.file") if row["at"] else ""),
        }
        for row in results.tables.coding.timeline
    ]
    return rows[::-1]
