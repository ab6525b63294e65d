"""What notebook 04 shows of free topics: how sure they are, the map, quotes, who raises them and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from html import escape
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

from kafe.blocks import Block, callout, key_figures, quotes, remark, stack, table
from kafe.charts import Figure, curve, heatmap, hierarchy, over_time, topic_map
from kafe.flow.stages import topic_breakdown as breakdown
from kafe.flow.tables import TopicRow, TopicsAbout
from kafe.messages import message, section
from kafe.records import Row
from kafe.strings import cut_at_word
from kafe.views.results import Results

SNIPPET = 180
NAMED_BY = 60
"""Characters of the note that a topic is named by."""
Part = Literal["", "rest"]
"""Which notes: all, or those that no definition explains."""
Parameters = ParamSpec("Parameters")
Shown = TypeVar("Shown")


def has_topics(results: Results, part: Part = "") -> bool:
    """Return whether there are at least two free topics to show."""
    return len(topics_of(results, part)) > 1


def where_topics(
    view: Callable[Concatenate[Results, Parameters], Shown],
) -> Callable[Concatenate[Results, Parameters], Shown | None]:
    """Return the view so that it gives None, which shows nothing, where there are no two free topics."""

    @wraps(view)
    def shown(results: Results, *given: Parameters.args, **named: Parameters.kwargs) -> Shown | None:
        return view(results, *given, **named) if has_topics(results) else None

    return shown


def about_free(results: Results, part: Part = "") -> Block:
    """Return how far the free topics of a part (`rest`, or all) can be trusted, as a call-out in words."""
    about, topics = _about(results, part), topics_of(results, part)
    unstable = sum(topic["unstable"] for topic in topics)
    values = {"usable": about["usable"], "fewest": about["fewest"], "topics": len(topics)}
    lines = [message(f"topics.status.{about['status']}", **values)]
    if len(topics) > 1 and len(about["equally_good"]) > 1:
        ends = {"least": min(about["equally_good"]), "most": max(about["equally_good"])}
        lines.insert(0, message("topics.status.equally_good", topics=len(topics), **ends))
    if about["status"] == "clear" and unstable:
        key = "all_unstable" if unstable == len(topics) else "some_unstable"
        lines.append(message(f"topics.status.{key}", unstable=unstable))
    if len(topics) > 1:
        lines.append(message(f"topics.method.{about['method']}", topics=len(topics)))
    lines += [message(f"topics.warning.{key}", **_warned(about, key)) for key in about["warnings"]]
    found = about["status"] == "clear" and unstable < len(topics)
    return callout("\n\n".join(lines), "finding" if found else "caution")


@where_topics
def part(results: Results, key: str) -> Block:
    """Return the heading and the explanation of a part about free topics."""
    text = message(f"topics.part.{key}.text")
    return stack([(message(f"topics.part.{key}.title"), Block(f"<p>{escape(text)}</p>", text))])


@where_topics
def free_topic_map(results: Results, title: str) -> Figure:
    """Return the map of the free topics in the whole material; words of selected notes that may be quoted."""
    notes = [
        {
            **row,
            "text": cut_at_word(results.by_id[row["note_id"]].text, SNIPPET)
            if row["note_id"] in results.quotable
            else None,
        }
        for row in results.tables.topics.assignments
        if row["topic"] >= 0
    ]
    return topic_map(
        topic_rows(results),
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


def topic_rows(results: Results, part: Part = "") -> list[Row]:
    """Return the free topics, the largest first, each with its words joined and `state` in words."""
    clear = _about(results, part)["status"] == "clear"
    return [
        {
            **topic,
            "all_words": ", ".join(word for word, _ in topic["words"][:6]),
            "state": message(f"flow.topic.{_state(topic, clear)}"),
        }
        for topic in topics_of(results, part)
    ]


def _state(topic: TopicRow, clear: bool) -> str:
    """Return `stable`, `pattern` (found again, its notes are doubtful), `uncertain` or `unstable`."""
    if topic["unstable"]:
        return "unstable"
    return ("pattern" if topic["pattern"] else "stable") if clear else "uncertain"


def topic_table(results: Results, caption: str, part: Part = "") -> Block | None:
    """Return the free topics of a part as a table; None where there are none."""
    if not has_topics(results, part):
        return None
    columns = ("name", "all_words", "size", "state", "stability", "null_stability")
    return table(
        topic_rows(results, part),
        {key: message(f"topics.column.{key}") for key in columns},
        caption=caption,
        formats={"stability": "decimal", "null_stability": "decimal"},
    )


def candidate_quotes(results: Results, limit: int = 3) -> Block | None:
    """Return quotes from each free topic of the notes that no anchor explains; None where there are no topics.

    Unstable topics are left out.
    """
    if not has_topics(results, "rest"):
        return None
    parts = [
        (topic["name"], results.quotes(topic["notes"], limit))
        for topic in topics_of(results, "rest")
        if not topic["unstable"]
    ]
    found = [(name, quotes(rows)) for name, rows in parts if rows]
    return stack(found, 4) if found else remark(message("topics.free.no_candidates"))


@where_topics
def stable_quotes(results: Results, limit: int = 2) -> Block:
    """Return quotes from each free topic that is not unstable, of the notes most typical of it."""
    parts = [
        (topic["name"], results.quotes(topic["notes"], limit))
        for topic in topics_of(results)
        if not topic["unstable"]
    ]
    found = [(name, quotes(rows)) for name, rows in parts if rows]
    return stack(found, 4) if found else remark(message("flow.topic.none"))


@where_topics
def topic_tree(results: Results, title: str) -> Figure:
    """Return which free topics are alike, as a tree."""
    return hierarchy(topics_of(results), results.tables.topics.hierarchy, title=title)


def by_field(results: Results, field: str) -> list[Row]:
    """Return how many selected notes of each value of a field lie in each topic, small counts hidden.

    `field`: group, session, question or round. Rows: those of `kafe.topics.topics_by` and `label` (the value in words).
    Values are in order, unknown ones left out; only the largest topics.
    """
    words = {"session": results.session_titles, "question": results.questions}.get(field, {})
    found = breakdown.by_field(results.notes, _members(results), field, results.settings.privacy)
    rows = [{**row, "label": words.get(row["value"], row["value"])} for row in found]
    return rows if field == "group" else results.counted(rows, linked=breakdown.FROM_COUNT)


@where_topics
def by_field_map(results: Results, field: str, title: str) -> Figure | None:
    """Return free topics × the values of a field as a heat map; None where notes have fewer than two values."""
    rows = by_field(results, field)
    if len({row["value"] for row in rows}) < 2:
        return None
    heads = {"label": message(f"topics.field.{field}"), "topic": message("topics.column.topic")}
    return heatmap(rows, "label", "topic", "notes", title=title, headers=heads, hidden=results.hidden(rows))


@where_topics
def by_date(results: Results, title: str) -> Figure:
    """Return the selected notes' free topics over time, one line each."""
    rows = results.counted(breakdown.by_period(results.notes, _members(results)), linked=breakdown.FROM_COUNT)
    heads = {"topic": message("topics.column.topic")}
    return over_time(rows, "value", "topic", "notes", title=title, headers=heads, hidden=results.hidden(rows))


def similar_notes(results: Results, part: Part = "") -> Block | None:
    """Return quotes of the notes that resemble each other, where there are too few for topics; else None.

    A group of which fewer than two notes may be quoted is left out.
    """
    if _about(results, part)["status"] != "too_few":
        return None
    heard = [
        results.quotes(group, len(group))
        for group in (results.tables.topics.rest["alike"] if part else results.tables.topics.alike)
    ]
    found = [quotes(rows) for rows in heard if len(rows) > 1]
    if not found:
        return remark(message("topics.alike.none"))
    titles = [message("topics.alike.group", number=number) for number in range(1, len(found) + 1)]
    return stack([remark(message("topics.alike.about")), stack(list(zip(titles, found, strict=True)), 4)])


@where_topics
def stability_curve(results: Results) -> Figure:
    """Return the stability for each number of topics beside that of word-shuffled notes."""
    words = {key: message(f"topics.sure.{key}") for key in ("notes", "shuffled")}
    rows = [
        {"k": row["k"], "series": words[name], "value": value}
        for row in results.tables.topics.curve
        for name, value in (("notes", row["stability"]), ("shuffled", row["null"]))
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
        chosen=_about(results)["k"],
        headers=heads,
    )


@where_topics
def doubts(results: Results) -> Block:
    """Return what else there is to doubt or trust free topics by: what they follow, proxies, a second method."""
    about = _about(results)
    names, ami = section("topics.explore.proxy"), message("topics.sure.ami")
    figures: list[tuple[Any, ...]] = [
        (message("topics.sure.standard"), about["written_standard_ami"], ami),
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
    if second := about["density_check"]:
        said = message("topics.sure.second_note", share=percent(second["outlier_share"]))
        figures.append((message("topics.sure.second"), second["clusters"], said))
    return key_figures(figures)


@where_topics
def far_notes(results: Results, limit: int = 4) -> Block:
    """Return quotes from the selected notes that lie far from the topic they were put in."""
    return quotes(
        results.quotes(
            [row["note_id"] for row in results.selected(results.tables.topics.assignments) if row["far"]],
            limit,
        )
    )


@where_topics
def slider(results: Results) -> Any:
    """Return the notes in as many topics as the reader asks for, as a widget; in a report, where it is found."""
    from kafe.views.topic_slider import topic_slider

    return topic_slider(results)


def topics_of(results: Results, part: Part = "") -> list[TopicRow]:
    """Return the free topics of a part (`rest`, or all), the largest first, each named by a note that says it.

    The first of its typical notes that may be quoted, shortened; its words where none may, or where people named it.
    """
    found = results.tables.topics.rest["topics"] if part else results.tables.topics.topics
    named: list[TopicRow] = []
    taken = {topic["name"] for topic in found}
    for topic in found:
        said = next((note for note in topic["notes"] if note in results.quotable), None)
        name = topic["name"]
        if said and not topic["given"] and not topic["seed"]:
            text = " ".join(results.by_id[said].text.split()).lstrip("-–•* ")
            short = message("topics.said", text=cut_at_word(text, NAMED_BY))
            name = name if short in taken else short
        taken.add(name)
        named.append({**topic, "name": name})
    return named


def _about(results: Results, part: Part = "") -> TopicsAbout:
    return results.tables.topics.rest["about"] if part else results.tables.topics.about


def _members(results: Results) -> dict[str, list[str]]:
    return breakdown.members_of(topics_of(results), results.tables.topics.assignments, results.by_id)


def _warned(about: Mapping[str, Any], key: str) -> dict[str, str]:
    """Return what the text of a warning is filled with."""
    values = {"written_standard": "written_standard_ami", "source": "source_ami"}
    if key in values:
        return {"ami": f"{about[values[key]]:.2f}".replace(".", ",")}
    return {"share": percent(about["far_share"])}


def percent(share: float) -> str:
    """Return a share in whole percent, in words."""
    return f"{100 * share:.0f} %"
