"""How free topics meet people's codes, and how two meetings divide over them."""

from __future__ import annotations

from collections import Counter

from kafe.blocks import Block, fold, quotes, remark, stack, table
from kafe.charts import Figure, heatmap
from kafe.flow.stages import topic_breakdown
from kafe.flow.tables import ComparedRow
from kafe.messages import message
from kafe.pilot import Overlap, overlap
from kafe.views.results import Results
from kafe.views.topics import has_topics, percent, topics_of, where_topics

MOST_CODES = 12


def meeting_of(results: Results) -> Overlap:
    """Return how free topics and people's codes meet, over the selected notes that someone finished coding."""
    finished = {note_id for _, note_id in results.tables.coding.finished}
    typical = {f"topic-{topic['id']}": topic["notes"] for topic in topics_of(results)}
    memberships = results.memberships if has_topics(results) else []
    return overlap(memberships, finished=finished & results.by_id.keys(), typical=typical)


@where_topics
def topics_by_code(results: Results, title: str) -> Figure:
    """Return free topics × the codes they share most notes with, as a heat map."""
    cells = meeting_of(results).cells
    size: Counter[str] = Counter()
    for cell in cells:
        size[cell.code] += cell.notes
    codes = sorted(size, key=lambda code: (-size[code], code))[:MOST_CODES]
    names = {
        f"topic-{topic['id']}": topic["name"] for topic in topics_of(results)[: topic_breakdown.MOST_TOPICS]
    }
    found = {(cell.topic, cell.code): cell.notes for cell in cells}
    rows = [
        {"topic": name, "code": results.names.get(code, code), "notes": found.get((topic, code), 0)}
        for topic, name in names.items()
        for code in codes
    ]
    rows = results.counted(rows)
    heads = {"code": message("topics.column.code"), "topic": message("topics.column.topic")}
    return heatmap(rows, "code", "topic", "notes", title=title, headers=heads, hidden=results.hidden(rows))


@where_topics
def uncovered(results: Results, limit: int = 2, most: int = 5) -> Block:
    """Return the free topics that no code covers, each with what is known and quotes of its uncoded notes."""
    names = {f"topic-{topic['id']}": topic["name"] for topic in topics_of(results)}
    parts = []
    for row in meeting_of(results).uncovered[:most]:
        values = {
            "share": percent(row.uncoded),
            "code": results.names.get(row.best_code, row.best_code),
            "best": percent(row.best_share),
        }
        said = remark(message(f"topics.meet.{'uncovered' if row.best_code else 'uncoded'}", **values))
        own = results.quotes(row.quotes, limit)
        parts.append((names[row.topic], stack([said, quotes(own)]) if own else said))
    return stack(parts, 4) if parts else remark(message("topics.meet.all_covered"))


@where_topics
def unfound(results: Results, title: str, most: int = 10) -> Block:
    """Return the codes whose notes lie spread over topics, as a table behind a fold."""
    names = {f"topic-{topic['id']}": topic["name"] for topic in topics_of(results)}
    rows = [
        {
            "code": results.names.get(row.code, row.code),
            "notes": row.notes,
            "topic": names.get(row.best_topic),
            "share": row.best_share,
        }
        for row in meeting_of(results).unfound
    ]
    rows = results.counted(rows, linked=["share"])
    shown = table(
        rows,
        {key: message(f"topics.meet.column.{key}") for key in ("code", "notes", "topic", "share")},
        message("topics.meet.unfound"),
        formats={"notes": "count", "share": "percent"},
        limit=most,
        hidden=results.hidden(rows),
        empty=message("topics.meet.all_found"),
    )
    return fold(title, shown)


@where_topics
def two_meetings(results: Results) -> Block:
    """Return how the two largest sessions of the whole material divide over the free topics, as a table."""
    found = results.tables.topics.compared
    if not found:
        return remark(message("topics.compare.none"))
    left, right = (results.session_titles.get(found[side], found[side]) for side in ("left", "right"))
    names = {topic["id"]: topic["name"] for topic in topics_of(results)}
    rows = [
        {
            "name": names.get(row["topic"], row["name"]),
            "left_share": row["left_share"],
            "right_share": row["right_share"],
            "verdict": message(f"topics.compare.{row['verdict']}", left=left, right=right),
            "words": _other_words(row),
        }
        for row in found["rows"]
    ]
    columns = {
        "name": message("topics.column.topic"),
        "left_share": left,
        "right_share": right,
        "verdict": message("topics.compare.verdict"),
        "words": message("topics.compare.words"),
    }
    caption = message("topics.compare.caption", left=left, right=right)
    return table(rows, columns, caption, formats={"left_share": "percent", "right_share": "percent"})


def _other_words(row: ComparedRow) -> str | None:
    """Return the words that one side alone uses for a shared topic; None where there are none."""
    sides = [", ".join(row[key]) for key in ("only_left", "only_right")]
    if row["verdict"] != "shared" or not all(sides):
        return None
    return message("topics.compare.other_words", left=sides[0], right=sides[1])
