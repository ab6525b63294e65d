"""What notebook 08 and `kafe find` show: searches, tables of codes, saturation, memos; small groups hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Literal

from kafe.charts import Block, callout, keyword_lines, plain, quotes, together
from kafe.charts.rows import cell, day
from kafe.coding.concordance import Line, concordance
from kafe.coding.consensus import is_record
from kafe.coding.query import Query, Text, parse, write
from kafe.coding.saturation import NOTES_BASE, NOTES_RUN, ORDERS, Saturation, events, saturation
from kafe.coding.search import Corpus, Search, fields_of, misread, texts_of
from kafe.coding.tables import code_tree, cross_table
from kafe.coding.timeline import remarks
from kafe.coding.words import Places, Span, tidy
from kafe.coding.workbench.material import in_reading_order
from kafe.flow.project import Row
from kafe.flow.results import Results
from kafe.flow.views import coded_notes, counted
from kafe.pilot import may_quote, shown
from kafe.pilot.small_counts import hide
from kafe.records import Coding, Memo, Note
from kafe.text import tekst

PRIVATE = ("group", "municipality")
NARROWING = ("gruppe", "kommune", "bord")
"""Fields of a query after which small counts could point at someone."""
LONGEST = 600
"""Signs of a note that are quoted whole."""
LARGEST = 15
"""Codes in a heat map."""
INDENT = "\u2003"
FEWEST_TABLES = 6
"""Below this many tables, saturation is told note by note."""


@dataclass(frozen=True)
class Found:
    """What a query found: places by note id, and its number of notes (None: hidden, and nothing is shown).

    `query` is None where none was given and none could be made up; `example` says that it was made up.
    """

    query: Query | None
    search: Search
    places: Places = field(default_factory=dict)
    count: int | None = 0
    example: bool = False

    @property
    def shown(self) -> Places:
        """The places that may be shown."""
        return {} if self.count is None else self.places


def _search(r: Results) -> Search:
    units: dict[str, list[Span]] = {}
    for row in r.rows("units", "units"):
        units.setdefault(row["note_id"], []).append((row["start"], row["end"]))
    notes = {note.id: note for note in in_reading_order(r.notes)}
    return Search(
        Corpus(
            notes,
            r.codebook,
            r.codings,
            r.suggestions,
            units,
            titles=r.session_titles,
            questions=r.questions,
            forms=r.table("units", "forms"),
            known=r.project.notes(),
            replaced=r.replaced,
        )
    )


def find(r: Results) -> Found:
    """Return what the reader's query finds; without one, the code that people have used most is the example.

    The count is hidden when the query or the selection names a group, a municipality or a table, and
    either what is found or what remains is too few to be shown. Raises KafeError for a query that cannot be read.
    """
    search, example = _search(r), not r.query
    query = _most_used(r) if example else parse(r.query)
    if query is None:
        return Found(None, search)
    places = search.find(query)
    count, rest = len(places), len(r.notes) - len(places)
    narrow = set(PRIVATE) & r.selection.keys() or any(one.name in NARROWING for one in fields_of(query))
    below = r.settings.privacy.hide_below
    given_away = narrow and (hide(count, below) is None or hide(rest, below) is None)
    return Found(query, search, places, None if given_away else count, example)


def _most_used(r: Results) -> Query | None:
    used = Counter(code for _, code in {(coding.note_id, coding.code) for coding in r.counting})
    known = [code.id for code in r.codebook.codes if used[code.id]]
    return parse(f'kode:"{max(known, key=lambda code: used[code])}"') if known else None


def found_words(r: Results, found: Found) -> Block:
    """Return what was searched for and how much was found, in words, with what to know about it."""
    if found.query is None:
        return callout(tekst("seeing.found.nothing"), "missing")
    lines = [tekst("seeing.found.example")] if found.example else []
    lines.append(count_words(r, found))
    if misread(found.query):
        lines.append(tekst("seeing.found.misread"))
    if found.count == 0 and not r.codings and any(one.name == "kode" for one in fields_of(found.query)):
        lines.append(tekst("seeing.found.nobody"))
    kind = "missing" if not found.count else "note" if found.example else "finding"
    return callout("\n\n".join(lines), kind)


def count_words(r: Results, found: Found) -> str:
    """Return in a sentence how many notes were found."""
    query = write(found.query) if found.query else ""
    if found.count is None:
        return tekst("seeing.found.few", query=query, limit=r.settings.privacy.hide_below)
    key = {0: "none", 1: "one"}.get(found.count, "some")
    return tekst(f"seeing.found.{key}", query=query, count=found.count, all=len(r.notes))


def found_rows(r: Results, found: Found, limit: int) -> list[Row]:
    """Return the notes that were found and may be quoted, with `marks`: where codes and words stand in `text`.

    A note's group and table are left out where few of that group were found: the quotes could be counted.
    """
    inside = Counter(r.by_id[note_id].group for note_id in found.shown)
    rows = []
    for row in r.quotes(found.shown, limit):
        note = r.by_id[row["note_id"]]
        text, marks = _excerpt(note, found.places[note.id], found.search.corpus.units.get(note.id, ()))
        few = hide(inside[note.group], r.settings.privacy.hide_below) is None
        rows.append({**row, "text": text, "marks": marks} | ({"group": "", "table": ""} if few else {}))
    return rows


def found_quotes(r: Results, found: Found, limit: int = 20, example: int = 6) -> Block:
    """Return quotes of what was found, and how many of them are shown: at most `limit`, of an example fewer."""
    rows = found_rows(r, found, example if found.example else limit)
    parts = [quotes(rows)]
    if len(rows) < len(found.shown):
        parts.append(plain(tekst("seeing.found.more", count=len(rows))))
    if _quotable(r, found.shown) != set(found.shown):
        parts.append(plain(tekst("seeing.found.small")))
    return together(parts)


def _quotable(r: Results, note_ids: Mapping[str, object]) -> set[str]:
    sizes = Counter(note.group for note in r.notes)
    return {one for one in note_ids if may_quote(sizes[r.by_id[one].group], r.settings.privacy)}


def _excerpt(note: Note, marks: Sequence[Span], units: Sequence[Span]) -> tuple[str, list[Span]]:
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


def found_lines(r: Results, found: Found) -> tuple[str, list[Line]]:
    """Return a word, and its lines in context in the notes that were found and may be quoted.

    The words are those of the query (then no word is named); without any, the content word that most of
    the found notes have.
    """
    quotable = _quotable(r, found.shown)
    words = list(texts_of(found.query)) if found.query else []
    named = ""
    if not words:
        lemmas = r.table("units", "lemmas")
        counts = Counter(lemma for note_id in sorted(found.shown) for lemma in set(lemmas.get(note_id, ())))
        if not counts:
            return "", []
        named = min(counts, key=lambda lemma: (-counts[lemma], lemma))
        words = [Text(named)]
    places: Places = {}
    for word in words:
        for note_id, spans in found.search.find(word).items():
            if note_id in quotable:
                places[note_id] = tidy([*places.get(note_id, ()), *spans])
    return named, concordance(places, r.by_id)


def found_context(r: Results, found: Found, limit: int = 40) -> Block:
    """Return the words of what was found in context."""
    word, lines = found_lines(r, found)
    caption = tekst("seeing.found.context", word=word) if word else tekst("seeing.found.context_query")
    rows = [
        {**asdict(line), "session": r.session_titles.get(r.by_id[line.note_id].session, "")}
        for line in lines[:limit]
    ]
    block = keyword_lines(rows, caption, source="session", empty=tekst("seeing.found.context_none"))
    if len(lines) <= limit:
        return block
    return together([block, plain(tekst("seeing.found.cut", shown=limit, count=len(lines)))])


def read_notes(r: Results) -> dict[str, Note]:
    """Return the selected notes that a person has coded or finished, in reading order."""
    coded = {note.id for note in coded_notes(r)} | {coding.note_id for coding in r.codings}
    return {note.id: note for note in in_reading_order(r.notes) if note.id in coded}


Column = Literal["group", "session", "question", "municipality"]


def cross(r: Results, column: Column) -> tuple[list[Row], str]:
    """Return people's codes by a column of the notes, with `label` for its values, and which codes they are in words.

    Of the notes that a person has read. Small counts are hidden; where that would hide most of what the
    largest codes have, notes are counted under the headings of the codebook instead, and only there, as the
    two tables together would give hidden counts away. See `kafe.coding.tables.cross_table` for the keys.
    """
    private = column in PRIVATE or bool(set(PRIVATE) & r.selection.keys())
    rows = _crossed(r, r.counting, column, private=private)
    told = [row for row in largest(rows, LARGEST) if row["notes"] != 0]
    if sum(row["notes"] is None for row in told) <= len(told) / 2:
        return rows, tekst("seeing.level.codes")
    parents = {code.id: code.parent or code.id for code in r.codebook.codes}
    lifted = [replace(one, code=parents.get(one.code, one.code)) for one in r.counting]
    return _crossed(r, lifted, column, private=private), tekst("seeing.level.headings")


def _crossed(r: Results, codings: Sequence[Coding], column: Column, *, private: bool) -> list[Row]:
    labels = {"session": r.session_titles, "question": r.questions}.get(column, {})
    unknown = tekst("flow.unknown")
    rows = [
        {**row, "label": labels.get(str(row[column]), row[column]) or unknown}
        for row in cross_table(codings, read_notes(r), r.codebook, column)
    ]
    if not private:
        return rows
    return shown(rows, "notes", r.settings.privacy, totals=[("code",)], linked=["share", "votes"])


def largest(rows: Sequence[Row], codes: int = LARGEST) -> list[Row]:
    """Return the rows of the first codes of a cross table, which are those with most notes."""
    kept = set(list(dict.fromkeys(row["code"] for row in rows))[:codes])
    return [row for row in rows if row["code"] in kept]


def used(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a cross table that have notes, or may have."""
    return [row for row in rows if row["notes"] != 0]


def tree(r: Results) -> list[Row]:
    """Return people's codes as a tree: `label` is indented, unused branches are left out; small counts hidden."""
    rows: list[Row] = [row for row in code_tree(r.counting, read_notes(r), r.codebook) if row["notes"]]
    rows = counted(r, counted(r, rows, "own", ["codings"]), "notes", ["share"])
    return [{**row, "label": INDENT * row["level"] + row["name"]} for row in rows]


def saturate(r: Results) -> tuple[Saturation, list[Row]]:
    """Return the saturation of people's codes, and the curve's rows with each event named.

    By table, or note by note where there are fewer than six tables.
    """
    notes = read_notes(r)
    found = events(r.counting, notes)
    if len(found) >= FEWEST_TABLES:
        told = saturation(found, seed=r.settings.seed)
    else:
        found = events(r.counting, notes, by="note")
        told = saturation(found, seed=r.settings.seed, base=NOTES_BASE, run=NOTES_RUN)
    rows = []
    for step, event in zip(told.steps, found, strict=True):
        session = r.session_titles.get(event.session, event.session)
        key = "note" if told.base == NOTES_BASE else "part" if event.table else "loose"
        values: Row = {
            "session": session,
            "table": event.table,
            "number": event.label if key == "loose" else step.number,
        }
        rows.append({**asdict(step), "label": tekst(f"seeing.table.{key}", **values)})
    return told, rows


def saturation_words(r: Results, told: Saturation) -> Block:
    """Return in plain sentences whether new tables still bring new codes."""
    if not r.codings:
        return callout(tekst("seeing.saturation.nobody"), "missing")
    by_note = told.base == NOTES_BASE
    values: Row = {
        **{name: getattr(told, name) for name in ("base", "run", "at", "base_codes")},
        "events": tekst(f"seeing.event.{'note' if by_note else 'table'}"),
        "count": len(told.steps),
        "least": told.base + told.run,
        "new": told.last_new,
        "ratio": cell(told.ratio, "percent"),
        "threshold": cell(told.threshold, "percent"),
    }
    lines = [tekst(f"seeing.saturation.{told.state}", **values)]
    if told.state == "reached":
        lines.append(tekst("seeing.saturation.reached_first", **values))
    if told.orders is not None:
        share = cell(told.orders, "percent")
        lines.append(tekst("seeing.saturation.orders", share=share, orders=ORDERS))
    if by_note:
        lines.append(tekst("seeing.saturation.by_note"))
    kinds = {"reached": "finding", "too_few": "missing"}
    return callout(" ".join(lines), kinds.get(told.state, "caution"))


def saturation_summary(told: Saturation) -> str:
    """Return in a sentence how fast the curve rose; empty without one."""
    if not told.steps:
        return ""
    total = told.steps[-1].total
    half = next(step.number for step in told.steps if 2 * step.total >= total)
    word = tekst(f"seeing.event.{'note' if told.base == NOTES_BASE else 'table'}")
    return tekst("seeing.saturation.summary", total=total, count=len(told.steps), half=half, events=word)


def memos(r: Results) -> list[Row]:
    """Return people's memos, the latest first: when, author, kind and subject in words, text.

    Those about notes outside the selection, or in groups too small to be quoted, are left out.
    """
    written = [Memo(**row) for row in r.table("coding", "memos")]
    quotable = _quotable(r, r.by_id)
    rows = []
    for one in remarks(written, [one for one in r.codings if not is_record(one)]):
        if one.kind in ("note", "coding") and one.note_id not in quotable:
            continue
        name = r.codebook[one.code].name if one.code in r.codebook else one.code
        quote = one.quote or (r.by_id[one.note_id].text if one.note_id else "")
        rows.append(
            {
                "when": day(one.at),
                "author": one.author,
                "kind": tekst(f"seeing.memo.{one.kind}"),
                "subject": ": ".join(part for part in (name, _short(quote)) if part),
                "text": one.text,
            }
        )
    return rows


def _short(text: str, length: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"


def codebook_timeline(r: Results) -> list[Row]:
    """Return the changes of the codebook, the latest first: when, what, who, in words."""
    rows = [
        {
            "when": day(row["at"]) or tekst("seeing.memo.start"),
            "what": row["what"],
            "who": row["who"] or (tekst("seeing.memo.file") if row["at"] else ""),
        }
        for row in r.table("coding", "timeline")
    ]
    return rows[::-1]
