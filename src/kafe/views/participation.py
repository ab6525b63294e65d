"""Who was heard, and where the two sides agree: the users' and the services'."""

from __future__ import annotations

from collections.abc import Sequence

from kafe import pilot
from kafe.blocks import Block, callout, quotes, remark, stack
from kafe.formatting import cell, number
from kafe.messages import message
from kafe.origins import CONSENSUS_CODER, Origin
from kafe.pilot import coverage, project_data
from kafe.records import Note, Row
from kafe.views import themes
from kafe.views.results import Results
from kafe.views.wording import worded

SIDE_BY_SIDE = 8
"""Themes of which the words of both sides are shown."""


def stakeholders(results: Results) -> list[project_data.Stakeholder]:
    """Return the project's stakeholders."""
    return project_data.stored_stakeholders(results.tables.pilot.stakeholders)


def heard_rows(results: Results, who: Sequence[project_data.Stakeholder]) -> list[Row]:
    """Return how much each stakeholder was heard, in words; notes that are nobody's come last."""
    rows = worded(coverage(results.notes, who, results.settings.privacy), "heard", "pilot.coverage")
    return [row if row["stakeholder_id"] else {**row, "heard_label": None} for row in rows]


def coded_notes(results: Results) -> list[Note]:
    """Return the selected notes that a person has finished coding."""
    finished = {note_id for _, note_id in results.tables.coding.finished}
    return [note for note in results.notes if note.id in finished]


def common_ground(results: Results, who: Sequence[project_data.Stakeholder]) -> list[Row]:
    """Return the themes of people's codings on both sides, on notes that a person finished; see `pilot.common_ground`."""
    return pilot.common_ground(
        coded_notes(results),
        results.memberships,
        tuple(who),
        names=results.names,
        origins=[Origin.HUMAN],
        privacy=results.settings.privacy,
        weights=code_weights(results),
        seed=results.settings.seed,
    )


def code_weights(results: Results) -> dict[tuple[str, str], float]:
    """Return (note id, code) → the share (0 to 1) of those who finished the note who gave it the code.

    What people agreed on in consensus counts 1. So a note that two have read counts no more than one that
    one has read. Notes that nobody has finished are left out.
    """
    readers: dict[str, set[str]] = {}
    for coder, note_id in results.tables.coding.finished:
        if coder != CONSENSUS_CODER:
            readers.setdefault(note_id, set()).add(coder)
    givers: dict[tuple[str, str], set[str]] = {}
    for coding in results.counting:
        givers.setdefault((coding.note_id, coding.code), set()).add(coding.coder)
    return {
        pair: 1.0 if CONSENSUS_CODER in who else len(who & readers[pair[0]]) / len(readers[pair[0]])
        for pair, who in givers.items()
        if readers.get(pair[0])
    }


def common_rows(results: Results, ground: Sequence[Row], verdict: str) -> list[Row]:
    """Return the themes with this verdict; `more` says which side raises it oftener, hidden numbers not shown."""
    word = message("pilot.privacy.hidden")
    rows = []
    for row in ground:
        if row["verdict"] == verdict:
            side = word if row["more"] is None else message(f"pilot.side.{row['more']}")
            shares = {
                key: word if row[key] is None else cell(row[key], "percent")
                for key in ("users_share", "services_share")
            }
            rows.append({**row, **shares, "more": side, "interval": _interval(row)})
    return rows


def _interval(row: Row) -> str:
    if row["low"] is None:
        return message("pilot.privacy.hidden")
    if row["high"] is None:
        return message("flow.ground.open", low=number(row["low"], 1))
    return message("flow.ground.interval", low=number(row["low"], 1), high=number(row["high"], 1))


def meeting_words(results: Results, who: Sequence[project_data.Stakeholder]) -> Block | None:
    """Return that sides and meetings cannot be told apart, with the numbers; nothing where they can."""
    found = project_data.one_meeting_each(coded_notes(results), who)
    if not found:
        return None
    values: Row = {}
    for side, (session, count, of) in found.items():
        values |= {f"{side}_session": results.session_titles.get(session, session)}
        values |= {f"{side}_count": count, f"{side}_of": of}
    return callout(message("flow.ground.meeting", **values), "caution")


def side_by_side(results: Results, who: Sequence[project_data.Stakeholder], ground: Sequence[Row]) -> Block:
    """Return, for the themes that both sides raise most, what each side said in its own words."""
    side_of = project_data.sides(who)
    parts = []
    for row in ground:
        ids = themes.members(results, row["theme_id"], Origin.HUMAN)
        said = [
            (side, results.quotes([one for one in ids if side_of.get(results.by_id[one].group) == side], 2))
            for side in ("bruker", "tjeneste")
        ]
        if all(found for _, found in said):
            pieces = [
                piece
                for side, found in said
                for piece in (remark(message(f"flow.ground.said_{side}")), quotes(found))
            ]
            parts.append((row["name"], stack(pieces)))
        if len(parts) == SIDE_BY_SIDE:
            break
    return stack(parts, 4) if parts else remark(message("flow.ground.nothing"))
