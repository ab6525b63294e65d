"""What a reader's query finds, as notebook 08 and `kafe find` show it; small groups hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field

from kafe.blocks import Block, callout, keyword_lines, quotes, remark, stack
from kafe.codings import in_reading_order
from kafe.messages import message
from kafe.privacy import visible_count
from kafe.records import KafeError, Note, Row
from kafe.search import (
    ConcordanceLine,
    Corpus,
    Query,
    Search,
    Text,
    concordance,
    fields_of,
    misread,
    parse_query,
    words_of,
    write_query,
)
from kafe.views.results import Results

PRIVATE = ("group", "municipality")
NARROWING = ("gruppe", "kommune", "bord")
"""Fields of a query after which small counts could point at someone."""
LONGEST = 600
"""Signs of a note that are quoted whole."""


@dataclass(frozen=True)
class Found:
    """What a query found: places by note id, and its number of notes (None: hidden, and nothing is shown).

    `query` is None where none was given and none could be made up; `example` says that it was made up.
    """

    query: Query | None
    search: Search
    places: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    count: int | None = 0
    example: bool = False

    @property
    def shown(self) -> dict[str, list[tuple[int, int]]]:
        """The places that may be shown."""
        return {} if self.count is None else self.places


def _search(results: Results) -> Search:
    units: dict[str, list[tuple[int, int]]] = {}
    for row in results.selected(results.tables.units.units):
        units.setdefault(row["note_id"], []).append((row["start"], row["end"]))
    notes = {note.id: note for note in in_reading_order(results.notes)}
    return Search(
        Corpus(
            notes,
            results.codebook,
            results.codings,
            results.suggestions,
            units,
            titles=results.session_titles,
            questions=results.questions,
            forms=results.tables.units.forms,
            known=results.project.notes(),
            replaced=results.replaced,
        )
    )


def find(results: Results) -> Found:
    """Return what the reader's query finds; without one, the code that people have used most is the example.

    The count is hidden when the query or the selection names a group, a municipality or a table, and
    either what is found or what remains is too few to be shown. Raises KafeError for a query that cannot be read.
    """
    search, example = _search(results), not results.query
    query = _most_used(results) if example else parse_query(results.query)
    if query is None:
        return Found(None, search)
    places = search.find(query)
    count, rest = len(places), len(results.notes) - len(places)
    narrow = _narrow(results, query)
    below = results.settings.privacy.hide_below
    given_away = narrow and (visible_count(count, below) is None or visible_count(rest, below) is None)
    return Found(query, search, places, None if given_away else count, example)


def _narrow(results: Results, query: Query) -> bool:
    """Return whether the query or the selection names a group, a municipality or a table."""
    return bool({*PRIVATE} & results.selection.keys()) or any(
        one.name in NARROWING for one in fields_of(query)
    )


def _most_used(results: Results) -> Query | None:
    used = Counter(code for _, code in {(coding.note_id, coding.code) for coding in results.counting})
    known = [code.id for code in results.codebook.codes if used[code.id]]
    return parse_query(f'kode:"{max(known, key=lambda code: used[code])}"') if known else None


def found_words(results: Results, found: Found) -> Block:
    """Return what was searched for and how much was found, in words, with what to know about it."""
    if found.query is None:
        return callout(message("views.found.nothing"), "missing")
    lines = [message("views.found.example")] if found.example else []
    lines.append(count_words(results, found))
    if misread(found.query):
        lines.append(message("views.found.misread"))
    if found.count == 0 and not results.codings and any(one.name == "kode" for one in fields_of(found.query)):
        lines.append(message("views.found.nobody"))
    kind = "missing" if not found.count else "note" if found.example else "finding"
    return callout("\n\n".join(lines), kind)


def count_words(results: Results, found: Found) -> str:
    """Return in a sentence how many notes were found."""
    query = write_query(found.query) if found.query else ""
    if found.count is None:
        return message("views.found.few", query=query, limit=results.settings.privacy.hide_below)
    key = {0: "none", 1: "one"}.get(found.count, "some")
    return message(f"views.found.{key}", query=query, count=found.count, all=len(results.notes))


def found_rows(results: Results, found: Found, limit: int) -> list[Row]:
    """Return the notes that were found and may be quoted, with `marks`: where codes and words stand in `text`.

    A note's group and table are left out where few of that group were found: the quotes could be counted.
    """
    inside = Counter(results.by_id[note_id].group for note_id in found.shown)
    rows = []
    ranked = found.search.ranked(found.query, found.shown) if found.query else found.shown
    for row in results.quotes(ranked, limit, _by_place(ranked)):
        note = results.by_id[row["note_id"]]
        text, marks = _excerpt(note, found.places[note.id], found.search.corpus.units.get(note.id, ()))
        few = visible_count(inside[note.group], results.settings.privacy.hide_below) is None
        rows.append({**row, "text": text, "marks": marks} | ({"group": "", "table": ""} if few else {}))
    return rows


def _by_place(ranked: Collection[str]) -> dict[str, float]:
    """Return note id → a score that falls with its place."""
    return {note_id: -float(place) for place, note_id in enumerate(ranked)}


def near_rows(results: Results, found: Found, limit: int) -> list[Row]:
    """Return notes without the query's words that lie near them in meaning and may be quoted, nearest first.

    None where the query or the selection names a group, a municipality or a table; group and table are never told.
    """
    if found.query is None or found.example or found.count is None or _narrow(results, found.query):
        return []
    return _unplaced(results, found.search.near(found.query, found.places), limit)


def like_rows(results: Results, note_id: str, limit: int) -> list[Row]:
    """Return the notes nearest a note in meaning that may be quoted. Raises KafeError for an id that is not there."""
    if note_id not in results.by_id:
        raise KafeError(
            message("views.like.unknown", note=note_id), remedy=message("views.like.unknown_remedy")
        )
    return _unplaced(results, _search(results).like(note_id), limit)


def _unplaced(results: Results, order: Sequence[str], limit: int) -> list[Row]:
    """Return the first of `order` that may be quoted, in that order, group and table left out."""
    rows = {row["note_id"]: row for row in results.quotes(order, len(order))}
    nearest = [rows[note_id] for note_id in order if note_id in rows][:limit]
    return [row | {"group": "", "table": "", "marks": []} for row in nearest]


def found_near(results: Results, found: Found, limit: int = 5) -> Block:
    """Return quotes that lie near the query in meaning though they have none of its words; nothing where none do."""
    rows = near_rows(results, found, limit)
    return stack([remark(message("views.found.near")), quotes(rows)] if rows else [])


def found_quotes(results: Results, found: Found, limit: int = 20, example: int = 6) -> Block:
    """Return quotes of what was found, and how many of them are shown: at most `limit`, of an example fewer."""
    rows = found_rows(results, found, example if found.example else limit)
    parts = [quotes(rows)]
    if len(rows) < len(found.shown):
        parts.append(remark(message("views.found.more", count=len(rows))))
    if not results.quotable >= found.shown.keys():
        parts.append(remark(message("views.found.small")))
    return stack(parts)


def _excerpt(
    note: Note, marks: Sequence[tuple[int, int]], units: Sequence[tuple[int, int]]
) -> tuple[str, list[tuple[int, int]]]:
    """Return a note's text with its marks; of a long one, only the units that are marked."""
    touched = [unit for unit in sorted(units) if any(a < unit[1] and unit[0] < b for a, b in marks)]
    if len(note.text) <= LONGEST or not touched:
        return note.text, list(marks)
    text, moved = "", []
    for start, end in touched:
        text += " … " if text else ""
        inside = [(max(a, start), min(b, end)) for a, b in marks if a < end and start < b]
        moved += [(a - start + len(text), b - start + len(text)) for a, b in inside]
        text += note.text[start:end]
    return text, moved


def found_lines(results: Results, found: Found) -> tuple[str, list[ConcordanceLine]]:
    """Return a word, and its lines in context in the notes that were found and may be quoted.

    The words are those of the query (then no word is named); without any, the content word that most of
    the found notes have.
    """
    words = words_of(found.query) if found.query else None
    named = ""
    if words is None:
        lemmas = results.tables.units.lemmas
        counts = Counter(lemma for note_id in sorted(found.shown) for lemma in set(lemmas.get(note_id, ())))
        if not counts:
            return "", []
        named = min(counts, key=lambda lemma: (-counts[lemma], lemma))
        words = Text(named)
    allowed = results.quotable & found.shown.keys()
    places = {key: spans for key, spans in found.search.find(words).items() if key in allowed}
    return named, concordance(places, results.by_id)


def found_context(results: Results, found: Found, limit: int = 40) -> Block:
    """Return the words of what was found in context."""
    word, lines = found_lines(results, found)
    caption = message("views.found.context", word=word) if word else message("views.found.context_query")
    rows = [
        {**asdict(line), "session": results.session_titles.get(results.by_id[line.note_id].session, "")}
        for line in lines[:limit]
    ]
    block = keyword_lines(rows, caption, source="session", empty=message("views.found.context_none"))
    if len(lines) <= limit:
        return block
    return stack([block, remark(message("views.found.cut", shown=limit, count=len(lines)))])
