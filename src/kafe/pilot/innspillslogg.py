"""The log in which no note is lost: every note once, with its themes, its fate and why."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kafe.origins import Origin
from kafe.pilot.memberships import ORIGINS, Memberships, themes_by_note
from kafe.pilot.project_data import Pilot
from kafe.records import Codebook, Decision, Fate, Note, Row

_STRENGTH = {Fate.CHOSEN: 2, Fate.PASSED_ON: 1, Fate.PARKED: 0}
"""Which of several code decisions counts: a note the group uses anywhere is not set aside."""


def log(
    notes: Iterable[Note],
    memberships: Memberships,
    decisions: Sequence[Decision],
    pilot: Pilot | None = None,
    *,
    withdrawn: Iterable[Note] = (),
    codebook: Codebook | None = None,
) -> list[Row]:
    """Return one row for every note, withdrawn ones too, ordered by session, question, table and id.

    A decision on the note overrides decisions on its codes. A decision on a code reaches the notes that a
    person coded with it and, with a codebook, the notes under its descendants; a code's own decision goes
    before its parent's. Where a note's codes meet different fates, chosen goes before passed on before
    parked, then the latest date, and `conflict` has target and fate of them all. Of several decisions on
    one target the latest by date counts, on one date the last in order. `decided_fate` keeps the decision
    on a note that is withdrawn.

    Keys: note_id, session, date, table, question, group, municipality, text, votes; `themes_human`,
    `themes_rule`, `themes_anchor`, `themes_topic` (theme ids); fate, decided_fate, decided_on (target),
    reason, who, when, element, element_title, conflict; source_file, source_place.
    """
    in_force = latest(decisions)
    themes = themes_by_note(memberships)
    coded = {code for own in themes.values() for code in own.get(Origin.HUMAN, ())}
    of_code = {code: _of_code(code, in_force, codebook) for code in coded}
    titles = {element.id: element.title for element in pilot.elements} if pilot else {}
    here = {note.id: note for note in notes}
    rows = []
    for note in ({note.id: note for note in withdrawn} | here).values():
        own = themes.get(note.id, {})
        through = [of_code[code] for code in own.get(Origin.HUMAN, ())]
        decision, rivals = _decide(in_force.get(f"note:{note.id}"), through)
        rows.append(
            _note_columns(note)
            | {f"themes_{origin}": own.get(origin, []) for origin in ORIGINS}
            | _decision_columns(decision, rivals, titles, is_here=note.id in here)
            | {"source_file": note.source_file, "source_place": note.source_place}
        )
    return sorted(rows, key=lambda row: [row[key] for key in ("session", "question", "table", "note_id")])


def _note_columns(note: Note) -> Row:
    same = ("session", "date", "table", "question", "group", "municipality", "text", "votes")
    return {"note_id": note.id} | {key: getattr(note, key) for key in same}


def _decision_columns(
    decision: Decision | None, rivals: Sequence[Decision], titles: Mapping[str, str], *, is_here: bool
) -> Row:
    """Return what was decided of a note, empty where nothing was; a note that is not here is withdrawn."""
    one = decision or Decision(target="", fate=Fate.UNDECIDED, reason="", who="", at="")
    return {
        "fate": one.fate if is_here else Fate.WITHDRAWN,
        "decided_fate": one.fate if decision else "",
        "decided_on": one.target,
        "reason": one.reason,
        "who": one.who,
        "when": one.at,
        "element": one.element,
        "element_title": titles.get(one.element, ""),
        "conflict": [{"target": rival.target, "fate": rival.fate} for rival in rivals],
    }


def fate_counts(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Return one row a fate, those that no note has too: fate, notes (of the log's rows), share (0 to 1)."""
    counts = {fate: sum(row["fate"] == fate for row in rows) for fate in Fate}
    return [
        {"fate": fate, "notes": count, "share": count / len(rows) if rows else 0.0}
        for fate, count in counts.items()
    ]


def latest(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Return the decision in force for each target: the latest by date, on one date the last in order."""
    found: dict[str, Decision] = {}
    for decision in decisions:
        if decision.target not in found or decision.at >= found[decision.target].at:
            found[decision.target] = decision
    return found


def _decide(
    own: Decision | None, through: Iterable[Decision | None]
) -> tuple[Decision | None, list[Decision]]:
    """Return the decision that counts for a note, and the disagreeing code decisions behind it."""
    if own:
        return own, []
    found = {decision.target: decision for decision in through if decision}
    ordered = [found[target] for target in sorted(found)]
    rivals = ordered if len({one.fate for one in ordered}) > 1 else []
    return max(ordered, key=lambda one: (_STRENGTH[one.fate], one.at), default=None), rivals


def _of_code(code: str, in_force: Mapping[str, Decision], codebook: Codebook | None) -> Decision | None:
    path = [above.id for above in codebook.path(code)] if codebook and code in codebook else [code]
    return next((in_force[f"code:{name}"] for name in reversed(path) if f"code:{name}" in in_force), None)
