"""The pilot: proposals with what stands behind them, decisions, the innspillslogg, indicators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from kafe.blocks import Block, fold, key_sentence, quotes, remark, stack, table
from kafe.flow import log_rows
from kafe.flow.tables import TraceRow
from kafe.formatting import day
from kafe.messages import message
from kafe.pilot import innspillslogg, spread, traceability
from kafe.privacy import may_quote
from kafe.records import Row
from kafe.strings import cut_at_word
from kafe.views.results import Results
from kafe.views.wording import worded


def proposals(results: Results) -> Block:
    """Return each part of the pilot with its question, and its proposals with what people's codings put behind."""
    trace = results.tables.pilot.trace
    of_element = {key: list(rows) for key, rows in groupby(trace, key=lambda row: row["element"])}
    parts = []
    for element in results.tables.pilot.elements:
        question = results.questions.get(element["question"], element["question"])
        lines = [message("flow.proposal.question", question=question)] if question else []
        if element["responsible"]:
            lines.append(message("flow.proposal.responsible", name=element["responsible"]))
        blocks = [remark(line) for line in lines]
        blocks += [_proposal(results, row) for row in of_element.get(element["id"], ())]
        if element["id"] not in of_element:
            blocks.append(remark(message("flow.proposal.no_proposals")))
        parts.append((element["title"], stack(blocks)))
    return stack(parts, 3) if parts else remark(message("flow.proposal.empty"))


def _proposal(results: Results, row: TraceRow) -> Block:
    """Return a proposal, what stands behind it in numbers, and quotes: chosen notes first, never suggested ones."""
    behind = [note_id for note_id in row["note_ids"] if note_id in results.by_id]
    chosen = [note_id for note_id in row["chosen_ids"] if note_id in results.by_id]
    found = results.quotes(chosen, 3)
    found += results.quotes(set(behind) - set(chosen), 3 - len(found))
    block = key_sentence(
        row["text"],
        _facts(results, row, behind, chosen),
        state=message(f"flow.proposal.{row['status']}"),
        done=row["status"] == "vedtatt",
    )
    return stack([block, quotes(found)]) if found else block


def _facts(results: Results, row: TraceRow, behind: Sequence[str], chosen: Sequence[str]) -> list[str]:
    if not behind:
        facts = [message("flow.proposal.no_notes")]
    else:
        notes = [results.by_id[note_id] for note_id in behind]
        across = ", ".join(_count(kind, count) for kind, count in spread(notes).items() if count)
        facts = [
            message(f"flow.proposal.{'note' if len(behind) == 1 else 'notes'}", count=len(behind)),
            across,
        ]
        if votes := sum(note.votes for note in notes):
            facts.append(message("flow.proposal.votes", count=votes))
        if chosen:
            facts.append(message("flow.proposal.chosen", count=len(chosen)))
    if suggested := sum(note_id in results.by_id for note_id in row["suggested_ids"]):
        facts.append(message("flow.proposal.suggested", count=suggested))
    return facts


def _count(kind: str, count: int) -> str:
    return message(f"flow.spread.{kind}_one" if count == 1 else f"flow.spread.{kind}", count=count)


def decisions(results: Results) -> list[Row]:
    """Return the decisions in force, target, fate and part of the pilot in words."""
    titles = {element["id"]: element["title"] for element in results.tables.pilot.elements}
    rows = []
    for row in results.tables.pilot.decisions:
        kind, _, target = row["target"].partition(":")
        if kind == "code":
            words = message("flow.decision.code", name=results.names.get(target, target))
        elif target in results.by_id:
            words = cut_at_word(results.by_id[target].text.split("\n")[0], 90)
        elif results.selection:
            continue
        else:
            words = message("flow.decision.withdrawn", id=target)
        fate, element = message(f"pilot.fate.{row['fate']}"), titles.get(row["element"], row["element"])
        decided = ", ".join(part for part in (row["who"], day(row["at"])) if part)
        rows.append({**row, "target": words, "fate": fate, "element": element, "decided": decided})
    return rows


def log(results: Results) -> list[Row]:
    """Return the innspillslogg in words, as `flow.log_rows` gives it.

    Group and table of notes from groups too small to be quoted are left out.
    """
    sizes = Counter(note.group for note in results.notes)
    rows = log_rows(results.selected(results.tables.pilot.log), results.tables.notes.sessions, results.names)
    return [
        row if may_quote(sizes[row["group"]], results.settings.privacy) else {**row, "group": "", "table": ""}
        for row in rows
    ]


def fates(results: Results) -> dict[str, int]:
    """Return how many of the selected notes have each fate, those that none has too."""
    log = results.selected(results.tables.pilot.log)
    return {row["fate"]: row["notes"] for row in innspillslogg.fate_counts(log)}


def chosen_without_proposal(results: Results) -> list[Row]:
    """Return the rows of the log of chosen notes that no proposal builds on."""
    return traceability.chosen_without_proposal(results.tables.pilot.trace, log(results))


def folded_log(results: Results, columns: Mapping[str, str], caption: str) -> Block:
    """Return the innspillslogg as a table behind a fold."""
    rows = log(results)
    return fold(message("flow.fold.log", count=len(rows)), table(rows, columns, caption))


def indicator_rows(results: Results) -> list[Row]:
    """Return the pilot's indicators with status and change in words."""
    rows = worded(results.tables.pilot.indicators, "status", "pilot.evaluation")
    words = {key: message(f"pilot.evaluation.{key}") for key in ("better", "worse", "same")}
    return [{**row, "movement_label": words.get(row["movement"])} for row in rows]
