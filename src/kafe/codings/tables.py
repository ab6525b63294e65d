"""Tables for reports: how often codes are used, together, or not at all; people and machines apart."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

from kafe.messages import message
from kafe.origins import Origin, origin
from kafe.records import Codebook, Coding, Note, Suggestion

Item = Coding | Suggestion
Row = dict[str, object]
ORIGINS = (Origin.HUMAN, Origin.RULE, Origin.MODEL)


def code_frequencies(items: Iterable[Item], notes: Mapping[str, Note], codebook: Codebook) -> list[Row]:
    """Return one row per origin and code of the codebook, a heading counting each note below it once.

    Keys: origin (an Origin: human, rule or model), code, name, path, parent, level, codable,
    colour, notes, sessions, tables, groups, votes (summed over notes). Only origins that occur have rows.
    Items on notes outside `notes` are left out, so a selection of notes gives its own table.
    """
    return [
        _frequency(codebook, code_id, who, sorted(found), notes)
        for who, by_code in _notes_of_codes(items, notes, codebook)
        for code_id, found in _rolled_up(by_code, codebook).items()
    ]


def code_tree(items: Iterable[Item], notes: Mapping[str, Note], codebook: Codebook) -> list[Row]:
    """Return one row per code of the codebook in its order, with notes under that very code and below it.

    Keys: code, name, level (0: the top), codable, own (distinct notes with the code itself), notes
    (distinct notes with it or any code below it), share (of `notes`; None without any), codings.
    Give the items of one origin: people and machines are not told apart here.
    """
    found: dict[str, set[str]] = defaultdict(set)
    uses: dict[str, int] = defaultdict(int)
    for item in items:
        if item.note_id in notes and item.code in codebook:
            found[item.code].add(item.note_id)
            uses[item.code] += 1
    rolled = _rolled_up(found, codebook)
    return [
        {
            "code": code.id,
            "name": code.name,
            "level": len(codebook.path(code.id)) - 1,
            "codable": code.codable,
            "own": len(found[code.id]),
            "notes": len(rolled[code.id]),
            "share": len(rolled[code.id]) / len(notes) if notes else None,
            "codings": uses[code.id],
        }
        for code in codebook.codes
    ]


def cross_table(
    items: Iterable[Item], notes: Mapping[str, Note], codebook: Codebook, column: str
) -> list[Row]:
    """Return one row per used code and value of a note's `column` (group, session, question …).

    Keys: code, name, the column, notes (distinct ones with the code itself and the value), of (all
    `notes` with the value), share (notes / of), votes (their dots together). Codes come in order of
    how many notes they have, values in alphabetical order with the empty one last; no cell is left
    out. Give the items of one origin, and only the notes that its coders have read.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for item in items:
        if item.note_id in notes and item.code in codebook:
            found[item.code].add(item.note_id)
    value_of = {note.id: str(getattr(note, column)) for note in notes.values()}
    sizes = Counter(value_of.values())
    values = sorted(sizes, key=lambda value: (not value, value))
    order = {code.id: place for place, code in enumerate(codebook.codes)}
    rows: list[Row] = []
    for code_id in sorted(found, key=lambda one: (-len(found[one]), order[one])):
        for value in values:
            on = [notes[note_id] for note_id in found[code_id] if value_of[note_id] == value]
            rows.append(
                {
                    "code": code_id,
                    "name": codebook[code_id].name,
                    column: value,
                    "notes": len(on),
                    "of": sizes[value],
                    "share": len(on) / sizes[value],
                    "votes": sum(note.votes for note in on),
                }
            )
    return rows


def cooccurrence(items: Iterable[Item], notes: Mapping[str, Note], codebook: Codebook) -> list[Row]:
    """Return one row per origin and pair of codes found in the same note, the most frequent first.

    Keys: origin, code_a, name_a, code_b, name_b (in codebook order), notes, notes_a, notes_b,
    jaccard (shared notes over notes with either, 0 to 1).
    """
    rows: list[Row] = []
    for who, by_code in _notes_of_codes(items, notes, codebook):
        used = [code.id for code in codebook.codes if by_code.get(code.id)]
        pairs = [(a, b, by_code[a] & by_code[b]) for a, b in combinations(used, 2)]
        for a, b, both in sorted(pairs, key=lambda pair: -len(pair[2])):
            if both:
                rows.append(
                    {
                        "origin": who,
                        "code_a": a,
                        "name_a": codebook[a].name,
                        "code_b": b,
                        "name_b": codebook[b].name,
                        "notes": len(both),
                        "notes_a": len(by_code[a]),
                        "notes_b": len(by_code[b]),
                        "jaccard": len(both) / len(by_code[a] | by_code[b]),
                    }
                )
    return rows


def unused_and_undefined(items: Iterable[Item], codebook: Codebook) -> list[Row]:
    """Return what the codebook lacks: codes no person has used, and codes without a definition,
    exclusion, example or pattern; also codes in use that the codebook does not have.

    Keys: code, name, lack (`unused`, `definition`, `exclude`, `examples`, `patterns`, `unknown`),
    what (that in Norwegian). Headings need a definition only.
    """
    used = {item.code for item in items if origin(item) is Origin.HUMAN}
    rows: list[Row] = []
    for code in codebook.codes:
        lacks = {"definition": not code.definition}
        if code.codable:
            lacks |= {
                "unused": code.id not in used,
                "exclude": not code.exclude,
                "examples": not code.examples,
                "patterns": not code.patterns,
            }
        rows += [_lack(code.id, code.name, lack) for lack in sorted(lacks) if lacks[lack]]
    return rows + [_lack(code_id, code_id, "unknown") for code_id in sorted(used) if code_id not in codebook]


def _lack(code: str, name: str, lack: str) -> Row:
    return {"code": code, "name": name, "lack": lack, "what": message(f"codings.lack.{lack}")}


def _notes_of_codes(
    items: Iterable[Item], notes: Mapping[str, Note], codebook: Codebook
) -> list[tuple[Origin, dict[str, set[str]]]]:
    """Return, for each origin that occurs, code → ids of the notes that carry it."""
    found: dict[Origin, dict[str, set[str]]] = {}
    for item in items:
        of_code = found.setdefault(origin(item), defaultdict(set))
        if item.note_id in notes and item.code in codebook:
            of_code[item.code].add(item.note_id)
    return [(who, found[who]) for who in ORIGINS if who in found]


def _rolled_up(by_code: Mapping[str, set[str]], codebook: Codebook) -> dict[str, set[str]]:
    """Return code → notes of the code or any code below it, for every code of the codebook."""
    rolled: dict[str, set[str]] = {code.id: set() for code in codebook.codes}
    for code_id, note_ids in by_code.items():
        for step in codebook.path(code_id):
            rolled[step.id] |= note_ids
    return rolled


def _frequency(
    codebook: Codebook, code_id: str, who: Origin, found: list[str], notes: Mapping[str, Note]
) -> Row:
    code, path = codebook[code_id], codebook.path(code_id)
    on = [notes[note_id] for note_id in found]
    return {
        "origin": who,
        "code": code.id,
        "name": code.name,
        "path": " › ".join(step.name for step in path),
        "parent": code.parent,
        "level": len(path) - 1,
        "codable": code.codable,
        "colour": code.colour,
        "notes": len(on),
        "sessions": len({note.session for note in on}),
        "tables": len({(note.session, note.table) for note in on if note.table}),
        "groups": len({note.group for note in on if note.group}),
        "votes": sum(note.votes for note in on),
    }
