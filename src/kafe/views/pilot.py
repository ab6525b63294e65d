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
from kafe.pilot import innspillslogg, ranking, traceability
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
    """Return a proposal, what people have read notes as saying to it, and quotes of both; never suggested ones."""
    block = key_sentence(
        row["text"],
        _facts(results, row),
        state=message(f"flow.proposal.{row['status']}"),
        done=row["status"] == "vedtatt",
    )
    parts = [block]
    chosen = set(row["chosen_ids"])
    for key, limit in (("supports", 3), ("against", 2), ("condition", 1)):
        ids = set(_selected(results, row[f"{key}_ids"]))  # type: ignore[literal-required]
        found = results.quotes(ids & chosen, limit)
        found += results.quotes(ids - chosen, limit - len(found))
        if found:
            parts += [remark(message(f"flow.said.{key}")), quotes(found)]
    if len(parts) == 1 and (found := results.quotes(_selected(results, row["unread_ids"]), 2)):
        parts += [remark(message("flow.said.unread")), quotes(found)]
    return stack(parts)


def _selected(results: Results, note_ids: Sequence[str]) -> list[str]:
    return [note_id for note_id in note_ids if note_id in results.by_id]


def _facts(results: Results, row: TraceRow) -> list[str]:
    facts = [proposal_words(results, row)]
    supporting = [results.by_id[note_id] for note_id in _selected(results, row["supports_ids"])]
    if supporting:
        across = ", ".join(_count(kind, count) for kind, count in ranking.spread(supporting).items() if count)
        facts.append(message("flow.proposal.spread", across=across))
    if votes := sum(note.votes for note in supporting):
        facts.append(message("flow.proposal.votes", count=votes))
    aside = len(set(_selected(results, row["set_aside_ids"])) & set(row["supports_ids"]))
    if aside:
        facts.append(message("flow.proposal.set_aside", count=aside))
    if suggested := len(_selected(results, row["suggested_ids"])):
        facts.append(message("flow.proposal.suggested", count=suggested))
    return facts


def proposal_words(results: Results, row: TraceRow) -> str:
    """Return in words how many selected notes people have read as supporting a proposal, against it and so on.

    Notes on the same theme that nobody has read against it are no support, and said to be unread.
    """
    count = {key: len(_selected(results, row[f"{key}_ids"])) for key in (*traceability.STATES, "unread")}  # type: ignore[literal-required]
    unread = count.pop("unread")
    if not sum(count.values()):
        return message(f"flow.proposal.{'unread' if unread else 'no_notes'}", count=unread)
    shown = [key for key, number in count.items() if number or key in ("supports", "against")]
    read = ", ".join(message(f"flow.read.{key}", count=count[key]) for key in shown)
    return f"{read}; {message('flow.proposal.also', count=unread)}" if unread else read


def proposal_rows(results: Results) -> list[Row]:
    """Return the proposals for a table: those who support, are against, and the rest, of the selected notes."""
    rows = []
    for row in results.tables.pilot.trace:
        count = {
            key: len(_selected(results, row[f"{key}_ids"]))  # type: ignore[literal-required]
            for key in (*traceability.STATES, "unread")
        }
        supporting = [results.by_id[note_id] for note_id in _selected(results, row["supports_ids"])]
        read = sum(count.values()) - count["unread"]
        support = count if read else dict.fromkeys(count)
        rows.append(
            {
                "text": row["text"],
                "element_title": row["element_title"],
                "status_label": message(f"flow.proposal.{row['status']}"),
                "supports": support["supports"],
                "against": support["against"],
                "others": read - count["supports"] - count["against"] if read else None,
                "unread": count["unread"],
                "groups": ranking.spread(supporting)["groups"] if read else None,
                "tables": ranking.spread(supporting)["tables"] if read else None,
                "votes": sum(note.votes for note in supporting) if read else None,
            }
        )
    return rows


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
