"""From raw notes to de-identified ones: find, agree on names across the material, replace by tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

from kafe.deidentify.canonical import atoms, canonical, same_name
from kafe.deidentify.entities import model_name, persons
from kafe.deidentify.findings import Deidentified, Finding
from kafe.deidentify.keytable import KeyTable
from kafe.deidentify.lexicon import Phrases, kept_phrases, surnames
from kafe.deidentify.recurrence import Atom, KnownNames, parts_alone, split
from kafe.deidentify.rules import SURE, filter_model_names, find_forms, find_names
from kafe.deidentify.spans import Span, mask_found
from kafe.deidentify.words import Word, words
from kafe.records import Note

if TYPE_CHECKING:
    from spacy.language import Language

    from kafe.ingest import RawNote

_MOST_PASSES = 6


@dataclass(frozen=True, slots=True)
class _View:
    """A text as the rules for names see it: what has a form is found and hidden."""

    source: str
    view: str
    words: tuple[Word, ...]
    letters: tuple[Atom, ...]
    forms: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> _View:
        forms = find_forms(text)
        view = mask_found(text, forms)
        return cls(text, view, words(view), split(view), forms)


@dataclass(slots=True)
class _Draft:
    """A text on its way: what has been replaced in it so far, and what this pass makes of it.

    `tagged` are the model's persons, for the first pass; `names` those found in the text by itself;
    `fresh` says that the text has changed since the pass before.
    """

    id: str
    session: str
    text: str
    tagged: Sequence[tuple[int, int, bool]] = ()
    findings: list[Finding] = field(default_factory=list)
    names: tuple[Span, ...] = ()
    seen: _View = field(init=False)
    fresh: bool = True

    def __post_init__(self) -> None:
        self.seen = _View.of(self.text)

    def original(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def end_pass(self) -> None:
        """Read the text again where it has changed."""
        self.tagged = self.names = ()
        self.fresh = self.text != self.seen.source
        if self.fresh:
            self.seen = _View.of(self.text)


@dataclass(frozen=True, slots=True)
class _ProjectNames:
    """What the project says of names: to mask, never to mask, places and services."""

    masked: KnownNames
    spared: Phrases
    kept: Phrases
    places: frozenset[str]

    @classmethod
    def of(cls, lines: Sequence[str], kept: set[str]) -> _ProjectNames:
        return cls(
            masked=KnownNames(line for line in lines if not line.startswith("!")),
            spared=Phrases(line.lstrip("! ") for line in lines if line.startswith("!")),
            kept=Phrases(kept),
            places=frozenset(phrase.casefold() for phrase in kept),
        )

    def without_spared(self, spans: Iterable[Span], text: tuple[Word, ...]) -> list[Span]:
        """Drop names that lie wholly inside what is never a person; the project's own list outranks `kept`."""
        spans = list(spans)
        if not spans:
            return []
        spared, kept = list(self.spared.spans(text)), list(self.kept.spans(text))

        def inside(span: Span, areas: list[tuple[int, int]]) -> bool:
            return any(start <= span.start and span.end <= end for start, end in areas)

        return [
            span
            for span in spans
            if not inside(span, spared) and (span.source == "list" or not inside(span, kept))
        ]


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
    kept = {*(known or {}), *keep, *kept_phrases(), *(note.municipality for note in raw)}
    project = _ProjectNames.of(tuple(names), kept)
    tagged = persons(nlp, [note.text for note in raw])
    drafts = [
        _Draft(note.id, note.session, note.text, found) for note, found in zip(raw, tagged, strict=True)
    ]
    tables = {
        name: _Draft("", "", name)
        for name in sorted({note.table for note in raw if not note.table.isdecimal()})
    }
    work = sorted(drafts, key=lambda draft: draft.id) + list(tables.values())
    key.reserve(draft.text for draft in work)
    for _ in range(_MOST_PASSES):
        if not one_pass(work, project, key):
            break
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


def one_pass(drafts: Sequence[_Draft], project: _ProjectNames, key: KeyTable) -> int:
    """Search all texts once and replace what is found; return how much that was."""
    fresh = [draft for draft in drafts if draft.fresh]
    lower_case = {word.text for draft in drafts for word in draft.seen.words if word.shape == "lower"}
    for draft in fresh:
        draft.names = _names(draft, project, lower_case)
    sure, in_session = _sure_names(fresh)
    known = KnownNames({*key.names(), *sure})
    found = [_agree(draft, project, known, in_session[draft.session], lower_case) for draft in drafts]
    forms = key.forms("person") | set(_person_forms(drafts, found))
    for draft, spans in zip(drafts, found, strict=True):
        _replace(draft, spans, key, forms)
        draft.end_pass()
    return sum(map(len, found))


def _names(draft: _Draft, project: _ProjectNames, lower_case: Collection[str]) -> tuple[Span, ...]:
    """Return the names found in a text by itself."""
    seen = draft.seen
    found = [
        *find_names(seen.view, seen.words, project.places),
        *filter_model_names(seen.view, seen.words, draft.tagged, lower_case),
        *project.masked.spans(seen.view, seen.letters, "list", 0.98),
    ]
    return _merge(seen.view, project.without_spared(found, seen.words))


def _sure_names(drafts: Iterable[_Draft]) -> tuple[set[str], defaultdict[str, set[str]]]:
    """Return the names sure enough to be looked for everywhere, and session → first and last parts of full ones."""
    sure: set[str] = set()
    in_session: defaultdict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        for span in draft.names:
            if span.confidence >= SURE:
                parts = atoms(draft.original(span))
                sure.add(" ".join(parts))
                if len(parts) > 1:
                    in_session[draft.session] |= {parts[0], parts[-1]}
    return sure, in_session


def _agree(
    draft: _Draft,
    project: _ProjectNames,
    known: KnownNames,
    in_session: Collection[str],
    lower_case: Collection[str],
) -> tuple[Span, ...]:
    """Return the spans of a text once the names found elsewhere have been looked for in it too."""
    seen = draft.seen
    here: dict[str, float] = {}
    for span in draft.names:
        name = atoms(draft.original(span))
        for part in {name[0], name[-1]}:
            here[part] = max(here.get(part, 0.0), span.confidence)
    again = [
        *known.spans(seen.view, seen.letters, "recurrence", SURE),
        *parts_alone(seen.letters, here, in_session, lower_case, SURE),
    ]
    merged = _merge(seen.view, [*draft.names, *project.without_spared(again, seen.words)])
    return tuple(sorted((*seen.forms, *merged), key=lambda span: span.start))


def _person_forms(drafts: Iterable[_Draft], found: Iterable[Sequence[Span]]) -> Iterator[str]:
    for draft, spans in zip(drafts, found, strict=True):
        for span in spans:
            if span.kind == "person":
                yield canonical("person", draft.original(span))


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
        for name in (draft.original(span) for span in spans if span.kind == "person")
        if len(atoms(name)) > 1
    }
    pieces: list[str] = []
    fresh: list[Finding] = []
    moved = draft.findings
    at = shift = 0
    for span in spans:
        original = draft.original(span)
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
