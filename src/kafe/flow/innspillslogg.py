"""The rows of the innspillslogg in words, for the spreadsheet and for the report on the pilot.

The spreadsheet stays with the group and shows every note with its group and table. The report leaves both out
where the group is too small to be quoted (`views.pilot.log`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kafe.flow.tables.coding import CodebookCodeRow
from kafe.flow.tables.notes import SessionRow
from kafe.flow.tables.pilot import LogRow
from kafe.flow.tables.topics import TopicRow
from kafe.formatting import cell
from kafe.messages import message
from kafe.records import Row


def log_rows(log: Iterable[LogRow], sessions: Sequence[SessionRow], names: Mapping[str, str]) -> list[Row]:
    """Return rows of the innspillslogg with sessions, questions, themes, parts of the pilot and dates in words.

    Keys: those of `LogRow`, and `fate_label`, the fate in words. `names`: theme id → name.
    """
    titles = {row["id"]: row["title"] for row in sessions}
    questions = {key: text for row in sessions for key, text in row["questions"].items()}
    return [
        {
            **row,
            "themes_human": _named(row["themes_human"], names),
            "themes_rule": _named(row["themes_rule"], names),
            "themes_anchor": _named(row["themes_anchor"], names),
            "themes_topic": _named(row["themes_topic"], names),
            "session": titles.get(row["session"], row["session"]),
            "question": questions.get(row["question"], row["question"]),
            "fate_label": message(f"pilot.logged.{row['fate']}"),
            "conflict": [
                f"{one['target']}: {message('pilot.logged.' + one['fate'])}" for one in row["conflict"]
            ],
            "element": row["element_title"] or row["element"],
            "date": cell(row["date"], "date"),
            "when": cell(row["when"], "date"),
        }
        for row in log
    ]


def _named(themes: Iterable[str], names: Mapping[str, str]) -> list[str]:
    return [names.get(theme, theme) for theme in themes]


def theme_names(codes: Iterable[CodebookCodeRow], topics: Iterable[TopicRow]) -> dict[str, str]:
    """Return theme id → name: codes, anchored themes (which are codes) and free topics."""
    found = {code["id"]: code["name"] for code in codes}
    return found | {f"topic-{topic['id']}": topic["name"] for topic in topics}
