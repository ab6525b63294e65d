"""From raw notes to de-identified ones: find, agree on names across the material, replace by tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

from kafe.deidentify.canonical import atoms, canonical, same_name
from kafe.deidentify.entities import model_name, persons, sensible
from kafe.deidentify.find_names import SURE, people
from kafe.deidentify.findings import Deidentified, Finding
from kafe.deidentify.keytable import KeyTable
from kafe.deidentify.lexicon import Phrases, kept_phrases, surnames
from kafe.deidentify.patterns import structured
from kafe.deidentify.recurrence import Atom, Known, parts_alone, split
from kafe.deidentify.spans import Span, veil
from kafe.deidentify.words import Word, words
from kafe.records import Note

if TYPE_CHECKING:
    from spacy.language import Language

    from kafe.ingest.records import RawNote

_MAX_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class _View:
    """A text as the name rules see it: what has a form is found and hidden."""

    source: str
    view: str
    text: tuple[Word, ...]
    letters: tuple[Atom, ...]
    fixed: tuple[Span, ...]


@dataclass(slots=True)
class _Draft:
    """A note on its way: the text so far, what has been replaced in it, and how it was last seen."""

    id: str
    session: str
    text: str
    findings: list[Finding] = field(default_factory=list)
    seen: _View | None = None


@dataclass(frozen=True, slots=True)
class _Rules:
    """What the project says of names: to mask, never to mask, places and services."""

    masked: Known
    spared: Phrases
    kept: Phrases
    places: frozenset[str]


def deidentify(
    notes: Iterable[RawNote],
    *,
    nlp: Language | None,
    names: Iterable[str] = (),
    key: KeyTable,
    known: Mapping[str, str] | None = None,
    keep: Iterable[str] = (),
) -> Deidentified:
    """Return the notes with direct identifiers replaced by tags, in the order given, and the findings.

    `names` are lines of the project's list (`!` before a word spares it); `known` maps municipalities
    and services of the project to what they are, and like `keep` is never masked as a person. Texts,
    table names and nothing else are searched. New originals get numbers in the order of note ids; `key`
    is changed in memory, and saving it is the caller's. Without `nlp` only lists and patterns find names.
    """
    raw = tuple(notes)
    rules = _rules(raw, tuple(names), {*(known or {}), *keep})
    drafts = [_Draft(note.id, note.session, note.text) for note in raw]
    tables = {
        name: _Draft("", "", name)
        for name in sorted({note.table for note in raw if not note.table.isdecimal()})
    }
    work = sorted(drafts, key=lambda draft: draft.id) + list(tables.values())
    key.reserve(draft.text for draft in work)
    heard = persons(nlp, [draft.text for draft in drafts])
    model = dict(zip(map(id, drafts), heard, strict=True))
    for _ in range(_MAX_ROUNDS):
        if not _round(work, rules, key, model):
            break
        model = {}
    finished = tuple(
        Note(
            **{
                **{one.name: getattr(note, one.name) for one in fields(note)},
                "text": draft.text,
                "table": tables[note.table].text if note.table in tables else note.table,
            }
        )
        for note, draft in zip(raw, drafts, strict=True)
    )
    return Deidentified(finished, tuple(f for draft in drafts for f in draft.findings), model_name(nlp))


def _rules(raw: Sequence[RawNote], names: Sequence[str], kept: set[str]) -> _Rules:
    kept = kept | set(kept_phrases()) | {note.municipality for note in raw}
    return _Rules(
        masked=Known(name for name in names if not name.startswith("!")),
        spared=Phrases(name.lstrip("! ") for name in names if name.startswith("!")),
        kept=Phrases(kept),
        places=frozenset(phrase.casefold() for phrase in kept),
    )


def _round(
    drafts: Sequence[_Draft],
    rules: _Rules,
    key: KeyTable,
    model: Mapping[int, Sequence[tuple[int, int, bool]]],
) -> int:
    """Search all texts once and replace what is found; return how much that was."""
    fresh = [draft for draft in drafts if draft.seen is None or draft.seen.source != draft.text]
    for draft in fresh:
        draft.seen = _view(draft.text)
    views = [(draft, draft.seen) for draft in drafts if draft.seen is not None]
    lower_case = {word.text for _, view in views for word in view.text if word.shape == "lower"}
    names = {
        id(draft): _names(draft.seen, rules, lower_case, model.get(id(draft), ()))
        for draft in fresh
        if draft.seen
    }
    sure_names = set(key.names())
    in_session: defaultdict[str, set[str]] = defaultdict(set)
    for draft in fresh:
        for span in names[id(draft)]:
            name = atoms(draft.text[span.start : span.end])
            if span.confidence >= SURE:
                sure_names.add(" ".join(name))
                if len(name) > 1:
                    in_session[draft.session] |= {name[0], name[-1]}
    known = Known(sure_names)
    final = [
        _agree(view, names.get(id(draft), ()), rules, known, in_session[draft.session], lower_case)
        for draft, view in views
    ]
    forms = key.forms("person") | {
        canonical("person", draft.text[span.start : span.end])
        for draft, spans in zip(drafts, final, strict=True)
        for span in spans
        if span.kind == "person"
    }
    for draft, spans in zip(drafts, final, strict=True):
        _replace(draft, spans, key, forms)
    return sum(map(len, final))


def _view(text: str) -> _View:
    fixed = structured(text)
    view = veil(text, fixed)
    return _View(text, view, words(view), split(view), fixed)


def _names(
    seen: _View, rules: _Rules, lower_case: Collection[str], heard: Sequence[tuple[int, int, bool]]
) -> tuple[Span, ...]:
    """Return the names found in a note by itself."""
    found = [
        *people(seen.view, seen.text, rules.places),
        *sensible(seen.view, seen.text, heard, lower_case),
        *rules.masked.spans(seen.view, seen.letters, "list", 0.98),
    ]
    return _merge(seen.view, _spare(found, seen.text, rules))


def _agree(
    seen: _View,
    names: Sequence[Span],
    rules: _Rules,
    known: Known,
    in_session: Collection[str],
    lower_case: Collection[str],
) -> tuple[Span, ...]:
    """Return the spans of a note once the names found elsewhere have been looked for in it too."""
    here: dict[str, float] = {}
    for span in names:
        name = atoms(seen.source[span.start : span.end])
        for part in {name[0], name[-1]}:
            here[part] = max(here.get(part, 0.0), span.confidence)
    again = [
        *known.spans(seen.view, seen.letters, "recurrence", SURE),
        *parts_alone(seen.letters, here, in_session, lower_case, SURE),
    ]
    merged = _merge(seen.view, [*names, *_spare(again, seen.text, rules)])
    return tuple(sorted((*seen.fixed, *merged), key=lambda span: span.start))


def _spare(spans: Iterable[Span], text: tuple[Word, ...], rules: _Rules) -> list[Span]:
    """Drop names that lie wholly inside what is never a person; the project's own list outranks `keep`."""
    spans = list(spans)
    if not spans:
        return []
    spared, kept = list(rules.spared.spans(text)), list(rules.kept.spans(text))

    def inside(span: Span, areas: list[tuple[int, int]]) -> bool:
        return any(start <= span.start and span.end <= end for start, end in areas)

    return [
        span
        for span in spans
        if not inside(span, spared) and (span.source == "list" or not inside(span, kept))
    ]


def _merge(view: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return names without overlap: those that overlap become one, as do the halves of a name side by side."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end, -span.confidence, span.source)):
        before = merged[-1] if merged else None
        if before is not None and (span.start < before.end or _continues(view, before, span)):
            surest = max(before, span, key=lambda one: one.confidence)
            merged[-1] = replace(surest, start=before.start, end=max(before.end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _continues(view: str, before: Span, span: Span) -> bool:
    name = view[before.start : before.end].split(" ")
    rest = view[span.start : span.end].split(" ")
    complete = len(name) > 1 and name[-1].casefold() in surnames()
    return view[before.end : span.start] == " " and len(name) + len(rest) <= 4 and not complete


def _replace(draft: _Draft, spans: Sequence[Span], key: KeyTable, forms: set[str]) -> None:
    """Put tags in place of the spans, and move the findings made before to where they now stand."""
    full = {
        same_name(canonical("person", name), forms): name
        for name in (draft.text[span.start : span.end] for span in spans if span.kind == "person")
        if len(atoms(name)) > 1
    }
    pieces: list[str] = []
    fresh: list[Finding] = []
    moved = draft.findings
    at = shift = 0
    for span in spans:
        original = draft.text[span.start : span.end]
        form = canonical(span.kind, original)
        if span.kind == "person":
            form = same_name(form, forms)
            whole = [name for name in full if form in (name.split(" ")[0], name.split(" ")[-1])]
            form = whole[0] if len(whole) == 1 and form not in full else form
        tag = key.assign(span.kind, form, full.get(form, original), sure=span.confidence >= SURE)
        start = span.start + shift
        fresh.append(Finding(draft.id, span.kind, tag, start, start + len(tag), span.source, span.confidence))
        grown = len(tag) - len(original)
        moved = [
            replace(old, start=old.start + grown, end=old.end + grown) if old.start >= start else old
            for old in moved
        ]
        pieces += [draft.text[at : span.start], tag]
        at, shift = span.end, shift + grown
    draft.text = "".join([*pieces, draft.text[at:]])
    draft.findings = sorted([*moved, *fresh], key=lambda finding: finding.start)
