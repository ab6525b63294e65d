"""Notes by theme: quotes of those under a theme, headings of the codebook by group."""

from __future__ import annotations

from collections.abc import Sequence

from kafe import blocks
from kafe.blocks import Block, callout, remark, stack
from kafe.messages import message
from kafe.origins import Origin
from kafe.pilot import ranking
from kafe.privacy import hide_small_counts
from kafe.records import Row
from kafe.views.results import Results


def quotes(results: Results, themes: Sequence[str], origin: str, limit: int = 3, level: int = 4) -> Block:
    """Return quotes from each theme under its name; themes that no note may be quoted from are left out.

    For anchored themes the notes that resemble the definition most come first.
    """
    parts = [
        (
            results.names.get(theme, theme),
            results.quotes(members(results, theme, origin), limit, _scores(results, theme, origin)),
        )
        for theme in themes
    ]
    found = [(name, blocks.quotes(rows)) for name, rows in parts if rows]
    return stack(found, level) if found else blocks.quotes([])


def nearest_quotes(results: Results, most: int = 4) -> Block:
    """Return the notes that resemble the definition most, for the themes people coded most.

    Where nobody has coded yet, for the first themes of the codebook that any note resembles.
    """
    coded = sorted(ranked(results, Origin.HUMAN), key=lambda row: -row["notes"])
    found = {row.theme_id for row in results.memberships if row.origin == Origin.ANCHOR}
    order = [row["theme_id"] for row in coded] or [code.id for code in results.codebook.codes]
    return quotes(results, [theme for theme in order if theme in found][:most], Origin.ANCHOR)


def about_counts(results: Results) -> Block:
    """Return what the numbers of notes by theme rest on: how many notes people have read and coded."""
    read = {note_id for _, note_id in results.tables.coding.finished} & results.by_id.keys()
    if not any(one.origin == Origin.HUMAN for one in results.memberships):
        return callout(message("topics.people.none"), "caution")
    return remark(message("topics.people.counted", read=len(read), total=len(results.notes)))


def about_anchored(results: Results) -> Block:
    """Return how a note gets an anchored theme, how often shuffled words do, and what themes are not for."""
    about = results.tables.topics.anchored_about
    threshold = f"{about['threshold']:.2f}".replace(".", ",")
    chance = about["by_chance"]
    key = "given" if chance is None else "calibrated" if about["calibrated"] else "few"
    share = f"{100 * (chance or 0):.0f} %"
    return callout(message(f"topics.anchored.{key}", threshold=threshold, share=share), "caution")


def _scores(results: Results, theme: str, origin: str) -> dict[str, float]:
    if origin != Origin.ANCHOR:
        return {}
    return {
        row["note_id"]: row["score"]
        for row in results.selected(results.tables.topics.anchored)
        if row["theme"] == theme
    }


def members(results: Results, theme: str, origin: str) -> list[str]:
    """Return the ids of the selected notes under a theme by one origin (human, rule, anchor or topic)."""
    return [one.note_id for one in results.memberships if one.theme_id == theme and one.origin == origin]


def ranked(results: Results, origin: str) -> list[Row]:
    """Return the themes of one origin, those raised most broadly first; see `pilot.ranking.rank_themes` for the keys."""
    rows = ranking.rank_themes(
        results.notes, results.memberships, names=results.names, origins=[Origin(origin)]
    )
    ranges = ranking.rank_ranges(
        results.notes, results.memberships, origins=[Origin(origin)], seed=results.settings.seed
    )
    return [{**row, "places": "–".join(map(str, ranges.get(row["theme_id"], ())))} for row in rows]


def headings_by_group(results: Results, origin: str) -> list[Row]:
    """Return distinct notes under each heading of the codebook by group, for a heat map; small counts hidden.

    A heading is what a code stands right under, or the code itself at the top. Headings come in the
    codebook's order, groups by name with «ikke oppgitt» last; headings without notes are left out.
    """
    heading = {code.id: code.parent or code.id for code in results.codebook.codes}
    notes: dict[str, set[str]] = {code.id: set() for code in results.codebook.codes}
    for one in results.memberships:
        if one.origin == origin and one.theme_id in heading:
            notes[heading[one.theme_id]].add(one.note_id)
    groups = sorted({note.group for note in results.notes}, key=lambda group: (not group, group))
    rows = [
        {
            "name": results.codebook[code].name,
            "group": group or message("flow.unknown"),
            "notes": sum(results.by_id[note_id].group == group for note_id in found),
        }
        for code, found in notes.items()
        if found
        for group in groups
    ]
    return hide_small_counts(rows, "notes", results.settings.privacy, totals=[("name",)])
