"""Rows and blocks that several cells of a notebook would otherwise shape: words for states, quotes by theme."""

from __future__ import annotations

from collections.abc import Sequence

from kafe.charts import Block, quotes, stack
from kafe.flow.project import Row
from kafe.flow.results import Results
from kafe.pilot import Stakeholder, shown
from kafe.records import Note
from kafe.text import tekst


def theme_quotes(r: Results, themes: Sequence[str], origin: str, limit: int = 3) -> Block:
    """Return quotes from each theme under its name."""
    return stack(
        (r.names.get(theme, theme), quotes(r.quotes(members(r, theme, origin), limit))) for theme in themes
    )


def members(r: Results, theme: str, origin: str) -> list[str]:
    """Return the ids of the selected notes under a theme by one origin (menneske, regel, anker, emne)."""
    return [one.note_id for one in r.memberships if one.theme_id == theme and one.origin == origin]


def themes_by_group(r: Results, themes: Sequence[str], origin: str) -> list[Row]:
    """Return notes by theme and group for a heat map, small counts hidden; themes keep their order."""
    groups = sorted({note.group for note in r.notes if note.group})
    rows = [
        {
            "name": r.names.get(theme, theme),
            "group": group,
            "notes": sum(r.by_id[note_id].group == group for note_id in members(r, theme, origin)),
        }
        for theme in themes
        for group in groups
    ]
    return shown(rows, "notes", r.settings.privacy, totals=[("name",)])


def topic_status(r: Results) -> str:
    """Return in words how far the free topics can be trusted, and what they seem to follow."""
    about, topics = r.table("topics", "about"), r.table("topics", "topics")
    lines = [
        tekst(
            f"topics.status.{about['status']}",
            usable=about["usable"],
            fewest=about["fewest"],
            topics=len(topics),
        )
    ]
    values = {
        "written_standard": {"ami": _decimal(about["malform_ami"])},
        "source": {"ami": _decimal(about["source_ami"])},
        "far": {"share": f"{about['far_share']:.0%}".replace("%", " %")},
    }
    lines += [tekst(f"topics.warning.{key}", **values[key]) for key in about["warnings"]]
    return "\n\n".join(lines)


def proposals(r: Results) -> Block:
    """Return each proposal of the pilot with a few of the notes that people's codings put behind it."""
    parts = []
    for row in r.rows("pilot", "trace"):
        behind = [note_id for note_id in row["note_ids"] if note_id in r.by_id]
        found = r.quotes([*row["chosen_ids"], *behind], 3)
        title = f"{row['element_title']} {row['text']} ({tekst('flow.proposal.' + row['status'])})"
        parts.append((title, quotes(found) if found else _plain(tekst("flow.proposal.none"))))
    return stack(parts) if parts else _plain(tekst("flow.proposal.empty"))


def decisions(r: Results) -> list[Row]:
    """Return the decisions in force, the target in words: a code's name or the start of a note."""
    rows = []
    for row in r.table("pilot", "decisions"):
        kind, _, target = row["target"].partition(":")
        if kind == "code":
            words = tekst("flow.decision.code", name=r.names.get(target, target))
        elif target in r.by_id:
            words = _start(r.by_id[target].text)
        elif r.selection:
            continue
        else:
            words = tekst("flow.decision.withdrawn", id=target)
        rows.append({**row, "target": words})
    return rows


def log(r: Results) -> list[Row]:
    """Return the innspillslogg with question and session in words."""
    return [
        {**row, "question": r.questions.get(row["question"], row["question"])}
        for row in r.rows("pilot", "log")
    ]


def stakeholders(r: Results) -> list[Stakeholder]:
    """Return the project's stakeholders."""
    return [Stakeholder.model_validate(row, by_name=True) for row in r.table("pilot", "stakeholders")]


def coded_notes(r: Results) -> list[Note]:
    """Return the selected notes that a person has finished coding."""
    finished = {note_id for _, note_id in r.table("coding", "finished")}
    return [note for note in r.notes if note.id in finished]


def worded(rows: Sequence[Row], column: str, section: str) -> list[Row]:
    """Return the rows with `COLUMN_label`: the word for the state, from a section of the texts."""
    return [{**row, f"{column}_label": tekst(f"{section}.{row[column]}")} for row in rows]


def _decimal(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace(".", ",")


def _start(text: str, length: int = 90) -> str:
    line: str = text.split("\n")[0]
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"


def _plain(text: str) -> Block:
    from html import escape

    return Block(f'<p class="kafe-empty">{escape(text)}</p>', text)
