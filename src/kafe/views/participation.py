"""Who was heard, and where the two sides agree: the users' and the services'."""

from __future__ import annotations

from collections.abc import Sequence

from kafe import pilot
from kafe.formatting import listed
from kafe.messages import message
from kafe.origins import Origin
from kafe.pilot import coverage, project_data
from kafe.records import Note, Row
from kafe.views.results import Results
from kafe.views.wording import worded


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
    )


def common_rows(results: Results, ground: Sequence[Row], verdict: str) -> list[Row]:
    """Return the themes with this verdict; `more` says which side raises it oftener, shares not shown as such."""
    word = message("pilot.privacy.hidden")
    rows = []
    for row in ground:
        if row["verdict"] != verdict:
            continue
        difference = row["difference"]
        side = (
            word
            if difference is None
            else message(f"pilot.side.{'bruker' if difference > 0 else 'tjeneste'}")
        )
        shares = {key: word if row[key] is None else row[key] for key in ("users_share", "services_share")}
        rows.append({**row, **shares, "more": side})
    return rows


def difference_summary(rows: Sequence[Row]) -> str:
    """Return in a sentence which themes one side raises clearly oftener; empty without rows."""
    if not rows:
        return ""
    said = []
    for side, way in (("bruker", 1), ("tjeneste", -1)):
        names = [row["name"] for row in rows if row["verdict"] == "different" and row["difference"] * way > 0]
        if names:
            said.append(message(f"flow.difference.{side}", names=listed(names)))
    common = sum(row["verdict"] == "common" for row in rows)
    return " ".join([message("flow.difference.common", count=common, of=len(rows)), *said])
