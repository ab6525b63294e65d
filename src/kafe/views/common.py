"""Rows and blocks that several cells of a notebook would otherwise shape: words for states, quotes by theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from kafe.blocks.blocks import Block, quotes, table
from kafe.blocks.formatting import day, listed
from kafe.blocks.layout import fold, plain, stack, statement, together
from kafe.messages import message
from kafe.pilot.coverage import coverage
from kafe.pilot.project_data import Stakeholder
from kafe.pilot.ranking import spread
from kafe.privacy.small_counts import may_quote, shown
from kafe.records import Note, Row
from kafe.views.results import Results


def theme_quotes(r: Results, themes: Sequence[str], origin: str, limit: int = 3, level: int = 4) -> Block:
    """Return quotes from each theme under its name; themes that no note may be quoted from are left out.

    For anchored themes the notes that resemble the definition most come first.
    """
    parts = [
        (r.names.get(theme, theme), r.quotes(members(r, theme, origin), limit, _scores(r, theme, origin)))
        for theme in themes
    ]
    found = [(name, quotes(rows)) for name, rows in parts if rows]
    return stack(found, level) if found else quotes([])


def _scores(r: Results, theme: str, origin: str) -> dict[str, float]:
    if origin != "anker":
        return {}
    return {row["note_id"]: row["score"] for row in r.rows("topics", "anchored") if row["theme"] == theme}


def members(r: Results, theme: str, origin: str) -> list[str]:
    """Return the ids of the selected notes under a theme by one origin (menneske, regel, anker, emne)."""
    return [one.note_id for one in r.memberships if one.theme_id == theme and one.origin == origin]


def headings_by_group(r: Results, origin: str) -> list[Row]:
    """Return distinct notes under each heading of the codebook by group, for a heat map; small counts hidden.

    A heading is what a code stands right under, or the code itself at the top. Headings come in the
    codebook's order, groups by name with «ikke oppgitt» last; headings without notes are left out.
    """
    heading = {code.id: code.parent or code.id for code in r.codebook.codes}
    notes: dict[str, set[str]] = {code.id: set() for code in r.codebook.codes}
    for one in r.memberships:
        if one.origin == origin and one.theme_id in heading:
            notes[heading[one.theme_id]].add(one.note_id)
    groups = sorted({note.group for note in r.notes}, key=lambda group: (not group, group))
    rows = [
        {
            "name": r.codebook[code].name,
            "group": group or message("flow.unknown"),
            "notes": sum(r.by_id[note_id].group == group for note_id in found),
        }
        for code, found in notes.items()
        if found
        for group in groups
    ]
    return shown(rows, "notes", r.settings.privacy, totals=[("name",)])


def counted(r: Results, rows: Sequence[Row], column: str = "notes", linked: Sequence[str] = ()) -> list[Row]:
    """Return rows that count the selected notes; small counts are hidden where one group or municipality is.

    Counts over the whole material or a session point at nobody; counts within a group may.
    `linked` columns are hidden with the count.
    """
    if not {"group", "municipality"} & r.selection.keys():
        return [dict(row) for row in rows]
    return shown(rows, column, r.settings.privacy, linked=linked)


def hidden(r: Results, rows: Iterable[Row] = (), column: str = "notes") -> str:
    """Return how a hidden count of these rows is written: «<5» by the settings, or «skjult»."""
    marks = (row[f"{column}_shown"] for row in rows if row[column] is None and f"{column}_shown" in row)
    return next(marks, message("pilot.privacy.below", limit=r.settings.privacy.hide_below))


def proposals(r: Results) -> Block:
    """Return each part of the pilot with its question, and its proposals with what people's codings put behind."""
    trace = r.rows("pilot", "trace")
    of_element = {key: list(rows) for key, rows in groupby(trace, key=lambda row: row["element"])}
    parts = []
    for element in r.table("pilot", "elements"):
        question = r.questions.get(element["question"], element["question"])
        lines = [message("flow.proposal.question", question=question)] if question else []
        if element["responsible"]:
            lines.append(message("flow.proposal.responsible", name=element["responsible"]))
        blocks = [plain(line) for line in lines]
        blocks += [_proposal(r, row) for row in of_element.get(element["id"], ())]
        if element["id"] not in of_element:
            blocks.append(plain(message("flow.proposal.no_proposals")))
        parts.append((element["title"], together(blocks)))
    return stack(parts, 3) if parts else plain(message("flow.proposal.empty"))


def _proposal(r: Results, row: Row) -> Block:
    """Return a proposal, what stands behind it in numbers, and quotes: chosen notes first, never suggested ones."""
    behind = [note_id for note_id in row["note_ids"] if note_id in r.by_id]
    chosen = [note_id for note_id in row["chosen_ids"] if note_id in r.by_id]
    found = r.quotes(chosen, 3)
    found += r.quotes(set(behind) - set(chosen), 3 - len(found))
    block = statement(
        row["text"],
        _facts(r, row, behind, chosen),
        state=message(f"flow.proposal.{row['status']}"),
        done=row["status"] == "vedtatt",
    )
    return together([block, quotes(found)]) if found else block


def _facts(r: Results, row: Row, behind: Sequence[str], chosen: Sequence[str]) -> list[str]:
    if not behind:
        facts = [message("flow.proposal.no_notes")]
    else:
        notes = [r.by_id[note_id] for note_id in behind]
        across = ", ".join(_count(kind, count) for kind, count in spread(notes).items() if count)
        facts = [
            message(f"flow.proposal.{'note' if len(behind) == 1 else 'notes'}", count=len(behind)),
            across,
        ]
        if votes := sum(note.votes for note in notes):
            facts.append(message("flow.proposal.votes", count=votes))
        if chosen:
            facts.append(message("flow.proposal.chosen", count=len(chosen)))
    if suggested := sum(note_id in r.by_id for note_id in row["suggested_ids"]):
        facts.append(message("flow.proposal.suggested", count=suggested))
    return facts


def _count(kind: str, count: int) -> str:
    return message(f"flow.spread.{kind}_one" if count == 1 else f"flow.spread.{kind}", count=count)


def decisions(r: Results) -> list[Row]:
    """Return the decisions in force, target, fate and part of the pilot in words."""
    titles = {element["id"]: element["title"] for element in r.table("pilot", "elements")}
    rows = []
    for row in r.table("pilot", "decisions"):
        kind, _, target = row["target"].partition(":")
        if kind == "code":
            words = message("flow.decision.code", name=r.names.get(target, target))
        elif target in r.by_id:
            words = _start(r.by_id[target].text)
        elif r.selection:
            continue
        else:
            words = message("flow.decision.withdrawn", id=target)
        fate, element = message(f"pilot.fate.{row['fate']}"), titles.get(row["element"], row["element"])
        decided = ", ".join(part for part in (row["who"], day(row["at"])) if part)
        rows.append({**row, "target": words, "fate": fate, "element": element, "decided": decided})
    return rows


def log(r: Results) -> list[Row]:
    """Return the innspillslogg with session and question in words.

    Group and table of notes from groups too small to be quoted are left out.
    """
    sizes: dict[str, int] = {}
    for note in r.notes:
        sizes[note.group] = sizes.get(note.group, 0) + 1
    rows = []
    for row in r.rows("pilot", "log"):
        open_group = may_quote(sizes.get(row["group"], 0), r.settings.privacy)
        rows.append(
            {
                **row,
                "session": r.session_titles.get(row["session"], row["session"]),
                "question": r.questions.get(row["question"], row["question"]),
                "group": row["group"] if open_group else "",
                "table": row["table"] if open_group else "",
            }
        )
    return rows


def folded_log(r: Results, columns: Mapping[str, str], caption: str) -> Block:
    """Return the innspillslogg as a table behind a fold."""
    rows = log(r)
    return fold(message("flow.fold.log", count=len(rows)), table(rows, columns, caption))


def reasons(rows: Sequence[Row]) -> list[Row]:
    """Return how many rows of the sources were left out for each reason, the most frequent first."""
    found: dict[str, int] = {}
    for row in rows:
        found[row["reason"]] = found.get(row["reason"], 0) + row["rows"]
    return [{"reason": key, "rows": found[key]} for key in sorted(found, key=lambda key: (-found[key], key))]


def stakeholders(r: Results) -> list[Stakeholder]:
    """Return the project's stakeholders."""
    return [Stakeholder.model_validate(row, by_name=True) for row in r.table("pilot", "stakeholders")]


def heard_rows(r: Results, who: Sequence[Stakeholder]) -> list[Row]:
    """Return how much each stakeholder was heard, in words; notes that are nobody's come last."""
    rows = worded(coverage(r.notes, who, r.settings.privacy), "heard", "pilot.coverage")
    return [row if row["stakeholder_id"] else {**row, "heard_label": None} for row in rows]


def coded_notes(r: Results) -> list[Note]:
    """Return the selected notes that a person has finished coding."""
    finished = {note_id for _, note_id in r.table("coding", "finished")}
    return [note for note in r.notes if note.id in finished]


def common_rows(r: Results, ground: Sequence[Row], verdict: str) -> list[Row]:
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


def indicator_rows(r: Results) -> list[Row]:
    """Return the pilot's indicators with status and change in words."""
    rows = worded(r.table("pilot", "indicators"), "status", "pilot.evaluation")
    words = {key: message(f"pilot.evaluation.{key}") for key in ("better", "worse", "same")}
    return [{**row, "movement_label": words.get(row["movement"])} for row in rows]


def worded(rows: Sequence[Row], column: str, section: str) -> list[Row]:
    """Return the rows with `COLUMN_label`: the word for the state, from a section of the texts."""
    return [{**row, f"{column}_label": message(f"{section}.{row[column]}")} for row in rows]


def _decimal(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace(".", ",")


def _start(text: str, length: int = 90) -> str:
    line: str = text.split("\n")[0]
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"
