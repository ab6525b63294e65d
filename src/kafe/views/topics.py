"""What notebook 04 shows of free topics: how sure they are, the map, quotes, who raises them and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from html import escape
from typing import Any

from kafe.blocks.blocks import Block, callout, key_figures, quotes, table
from kafe.blocks.formatting import listed
from kafe.blocks.layout import plain, stack, together
from kafe.charts.figure import Figure
from kafe.charts.heat import heatmap
from kafe.charts.hierarchy import hierarchy
from kafe.charts.lines import curve
from kafe.charts.over_time import over_time
from kafe.charts.topic_map import topic_map
from kafe.flow.stages import topic_breakdown as breakdown
from kafe.messages import message, section
from kafe.privacy.small_counts import may_quote
from kafe.records import Row
from kafe.views.common import counted, hidden
from kafe.views.results import Results

SNIPPET = 180


def about_free(r: Results, part: str = "") -> Block:
    """Return how far the free topics of a part (`rest`, or all) can be trusted, as a call-out in words."""
    about, topics = _about(r, part), topics_of(r, part)
    unstable = sum(topic["unstable"] for topic in topics)
    values = {"usable": about["usable"], "fewest": about["fewest"], "topics": len(topics)}
    lines = [message(f"topics.status.{about['status']}", **values)]
    if about["status"] == "clear" and unstable:
        key = "all_unstable" if unstable == len(topics) else "some_unstable"
        lines.append(message(f"topics.status.{key}", unstable=unstable))
    if len(topics) > 1:
        lines.append(message(f"topics.method.{about['method']}", topics=len(topics)))
    if len(topics) > 1 and len(about["equally_good"]) > 1:
        numbers = listed([str(number) for number in about["equally_good"]])
        lines.append(message("topics.status.equally_good", numbers=numbers))
    lines += [message(f"topics.warning.{key}", **_warned(about, key)) for key in about["warnings"]]
    found = about["status"] == "clear" and unstable < len(topics)
    return callout("\n\n".join(lines), "finding" if found else "caution")


def part(r: Results, key: str) -> Block | None:
    """Return the heading and the explanation of a part about free topics; None where there are none to explain."""
    if not has_topics(r):
        return None
    text = message(f"topics.part.{key}.text")
    return stack([(message(f"topics.part.{key}.title"), Block(f"<p>{escape(text)}</p>", text))])


def has_topics(r: Results, part: str = "") -> bool:
    """Return whether there are at least two free topics to show."""
    return len(topics_of(r, part)) > 1


def free_topic_map(r: Results, title: str) -> Figure:
    """Return the map of the free topics in the whole material; words of selected notes that may be quoted."""
    allowed = quotable(r)
    notes = [
        {**row, "text": _snippet(r.by_id[row["note_id"]].text) if row["note_id"] in allowed else None}
        for row in r.table("topics", "assignments")
        if row["topic"] >= 0
    ]
    return topic_map(
        topic_rows(r),
        notes,
        title=title,
        more={
            "all_words": message("topics.column.words"),
            "state": message("topics.column.state"),
            "stability": message("topics.column.stability"),
            "null_stability": message("topics.column.null_stability"),
        },
        formats={"stability": "decimal", "null_stability": "decimal"},
    )


def topic_rows(r: Results, part: str = "") -> list[Row]:
    """Return the free topics, the largest first, each with its words joined and `state` in words."""
    trusted = "stable" if _about(r, part)["status"] == "clear" else "uncertain"
    return [
        {
            **topic,
            "all_words": ", ".join(word for word, _ in topic["words"][:6]),
            "state": message(f"flow.topic.{'unstable' if topic['unstable'] else trusted}"),
        }
        for topic in topics_of(r, part)
    ]


def topic_table(r: Results, caption: str, part: str = "") -> Block:
    """Return the free topics as a table; a sentence where there are none."""
    columns = ("name", "all_words", "size", "state", "stability", "null_stability")
    return table(
        topic_rows(r, part) if has_topics(r, part) else [],
        {key: message(f"topics.column.{key}") for key in columns},
        caption=caption,
        formats={"stability": "decimal", "null_stability": "decimal"},
        empty=message("topics.free.none"),
    )


def candidate_quotes(r: Results, limit: int = 3) -> Block:
    """Return quotes from each free topic of the notes that no anchor explains; unstable topics left out."""
    parts = [
        (topic["name"], r.quotes(topic["notes"], limit))
        for topic in topics_of(r, "rest")
        if not topic["unstable"]
    ]
    found = [(name, quotes(rows)) for name, rows in parts if rows]
    return stack(found, 4) if has_topics(r, "rest") and found else plain(message("topics.free.no_candidates"))


def stable_quotes(r: Results, limit: int = 2) -> Block:
    """Return quotes from each free topic that is not unstable, of the notes most typical of it."""
    parts = [
        (topic["name"], r.quotes(topic["notes"], limit)) for topic in topics_of(r) if not topic["unstable"]
    ]
    found = [(name, quotes(rows)) for name, rows in parts if rows]
    return stack(found, 4) if has_topics(r) and found else plain(message("flow.topic.none"))


def topic_tree(r: Results, title: str) -> Figure:
    """Return which free topics are alike, as a tree."""
    return hierarchy(topics_of(r), r.table("topics", "hierarchy"), title=title)


def by_field(r: Results, field: str) -> list[Row]:
    """Return how many selected notes of each value of a field lie in each topic, small counts hidden.

    `field`: group, session, question or round. Rows: those of `topics.by` and `label` (the value in words).
    Values are in order, unknown ones left out; only the largest topics.
    """
    words = {"session": r.session_titles, "question": r.questions}.get(field, {})
    found = breakdown.by_field(r.notes, _members(r), field, r.settings.privacy)
    rows = [{**row, "label": words.get(row["value"], row["value"])} for row in found]
    return rows if field == "group" else counted(r, rows, linked=breakdown.FROM_COUNT)


def by_field_map(r: Results, field: str, title: str) -> Figure | None:
    """Return free topics × the values of a field as a heat map; None where notes have fewer than two values."""
    rows = by_field(r, field)
    if len({row["value"] for row in rows}) < 2:
        return None
    heads = {"label": message(f"topics.field.{field}"), "topic": message("topics.column.topic")}
    return heatmap(rows, "label", "topic", "notes", title=title, headers=heads, hidden=hidden(r, rows))


def by_date(r: Results, title: str) -> Figure:
    """Return the selected notes' free topics over time, one line each."""
    rows = counted(r, breakdown.by_period(r.notes, _members(r)), linked=breakdown.FROM_COUNT)
    heads = {"topic": message("topics.column.topic")}
    return over_time(rows, "value", "topic", "notes", title=title, headers=heads, hidden=hidden(r, rows))


def similar_notes(r: Results, part: str = "") -> Block | None:
    """Return quotes of the notes that resemble each other, where there are too few for topics; else None.

    A group of which fewer than two notes may be quoted is left out.
    """
    if _about(r, part)["status"] != "too_few":
        return None
    heard = [r.quotes(group, len(group)) for group in _tables(r, part)("alike")]
    found = [quotes(rows) for rows in heard if len(rows) > 1]
    if not found:
        return plain(message("topics.alike.none"))
    titles = [message("topics.alike.group", number=number) for number in range(1, len(found) + 1)]
    return together([plain(message("topics.alike.about")), stack(list(zip(titles, found, strict=True)), 4)])


def stability_curve(r: Results) -> Figure:
    """Return the stability for each number of topics beside that of word-shuffled notes."""
    words = {key: message(f"topics.sure.{key}") for key in ("notes", "shuffled")}
    rows = [
        {"k": row["k"], "series": words[name], "value": row[key]}
        for row in r.table("topics", "curve")
        for name, key in (("notes", "stability"), ("shuffled", "null"))
    ]
    heads = {
        "k": message("topics.column.k"),
        "value": message("topics.column.stability"),
        "series": message("topics.sure.series"),
    }
    return curve(
        rows,
        "k",
        "value",
        series="series",
        title=message("topics.sure.title"),
        chosen=_about(r)["k"],
        headers=heads,
    )


def doubts(r: Results) -> Block:
    """Return what else there is to doubt or trust free topics by: what they follow, proxies, a second method."""
    about = _about(r)
    names, ami = section("topics.explore.proxy"), message("topics.sure.ami")
    figures: list[tuple[Any, ...]] = [
        (message("topics.sure.standard"), about["malform_ami"], ami),
        (message("topics.sure.source"), about["source_ami"], ami),
        (message("topics.sure.far"), percent(about["far_share"])),
        (
            message("topics.sure.aside"),
            about["non_answers"] + about["empty"],
            message("topics.sure.aside_note"),
        ),
        *(
            (names[key], about[key], message("topics.sure.proxy"))
            for key in ("npmi", "diversity", "coherence")
        ),
    ]
    if second := about["second"]:
        said = message("topics.sure.second_note", share=percent(second["outlier_share"]))
        figures.append((message("topics.sure.second"), second["clusters"], said))
    return key_figures(figures)


def far_notes(r: Results, limit: int = 4) -> Block:
    """Return quotes from the selected notes that lie far from the topic they were put in."""
    return quotes(r.quotes([row["note_id"] for row in r.rows("topics", "assignments") if row["far"]], limit))


def quotable(r: Results) -> set[str]:
    """Return the ids of the selected notes that may be quoted: those of groups that are large enough."""
    sizes = Counter(note.group for note in r.notes)
    return {note.id for note in r.notes if may_quote(sizes[note.group], r.settings.privacy)}


def topics_of(r: Results, part: str = "") -> list[Row]:
    """Return the free topics of a part (`rest`, or all), the largest first."""
    return list(_tables(r, part)("topics"))


def _about(r: Results, part: str = "") -> Row:
    return dict(_tables(r, part)("about"))


def _tables(r: Results, part: str) -> Any:
    if not part:
        return lambda name: r.table("topics", name)
    return r.table("topics", part).__getitem__


def _members(r: Results) -> dict[str, list[str]]:
    return breakdown.members_of(topics_of(r), r.table("topics", "assignments"), r.by_id)


def _warned(about: Mapping[str, Any], key: str) -> dict[str, str]:
    """Return what the text of a warning is filled with."""
    values = {"written_standard": "malform_ami", "source": "source_ami"}
    if key in values:
        return {"ami": f"{about[values[key]]:.2f}".replace(".", ",")}
    return {"share": percent(about["far_share"])}


def percent(share: float) -> str:
    """Return a share in whole percent, in words."""
    return f"{100 * share:.0f} %"


def _snippet(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SNIPPET else line[:SNIPPET].rsplit(" ", 1)[0] + " …"
