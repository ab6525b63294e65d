"""Notes by theme: quotes of those under a theme, headings of the codebook by group."""

from __future__ import annotations

from collections.abc import Sequence

from kafe import blocks
from kafe.blocks import Block, stack
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
    return ranking.rank_themes(
        results.notes, results.memberships, names=results.names, origins=[Origin(origin)]
    )


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
