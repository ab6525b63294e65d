"""What each stage does: it calls the rooms and returns plain tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from kafe.flow.agreements import agreements
from kafe.flow.fingerprints import file_hash, tree_hashes
from kafe.flow.learning import learnt
from kafe.flow.project import Project, Row, Tables
from kafe.flow.sharing import late_mask, mask_memos
from kafe.flow.stages import Stage
from kafe.flow.take_in import FROM_FILE, spelling_problems, take_in
from kafe.flow.topic_breakdown import breakdown
from kafe.flow.topic_edits import doubts, read_edits
from kafe.flow.topic_tables import free_tables, meetings_compared
from kafe.records import Code, Codebook, KafeError, Note
from kafe.settings import key_folder

if TYPE_CHECKING:
    pass

T = TypeVar("T")


def run_notes(project: Project) -> Tables:
    """Read, de-identify and store the notes; return them with the account of every source row."""
    from kafe.deidentify import KeyTable, deidentify, read_names, summary
    from kafe.flow.source import mask_labels, read_source
    from kafe.language import written_standards
    from kafe.store import open_store

    ingested = read_source(project.paths.raw)
    key = KeyTable.load(key_folder(project.settings.project.id))
    known = project.settings.project.municipalities
    names = read_names(project.paths.names)
    found = deidentify(ingested.notes, nlp=project.nlp, names=names, key=key, keep=known)
    masked, sessions = mask_labels(found.notes, ingested.sessions, names=names, key=key, keep=known)
    key.save()
    standards = written_standards([note.text for note in masked])
    notes = sorted(
        (replace(note, language=standard) for note, standard in zip(masked, standards, strict=True)),
        key=lambda note: note.id,
    )

    with open_store(project.paths, project.settings) as store:
        store.put_notes(notes, at=now())
        store.remask(late_mask(project))
        mask_memos(project, store)
        withdrawn = store.withdrawn_notes()
    return {
        "notes": [asdict(note) for note in notes],
        "withdrawn": [asdict(note) for note in withdrawn],
        "sessions": [
            {key: getattr(session, key) for key in ("id", "title", "date", "kind", "questions")}
            for session in sessions
        ],
        "files": [asdict(file) for file in ingested.files],
        "skipped": [asdict(row) for row in ingested.skipped],
        "problems": [asdict(row) for row in ingested.problems],
        "duplicates": [list(ids) for ids in ingested.duplicates],
        "findings": summary(found.findings),
    }


def run_units(project: Project) -> Tables:
    """Annotate the notes; return units and content lemmas."""
    from kafe.coding.words import lemmas_of_forms
    from kafe.language import TokenSpans, content_lemmas, surface_forms, units

    docs = project.docs
    rows = []
    for note in project.notes():
        doc = docs[note.id]
        spans = TokenSpans(doc)
        for unit in units(note.id, doc):
            span = spans(unit.start, unit.end)
            rows.append({**asdict(unit), "lemmas": content_lemmas(span) if span is not None else []})
    return {
        "units": rows,
        "lemmas": {note_id: content_lemmas(doc) for note_id, doc in sorted(docs.items())},
        "surface": dict(sorted(surface_forms(docs.values()).items())),
        "forms": lemmas_of_forms(docs.values()),
    }


def run_coding(project: Project) -> Tables:
    """Suggest codes by rule and model, take in people's codings, and compare coders with each other and rules."""
    from kafe.coding import keep_history, read_codings, suggest
    from kafe.coding.counting import settled
    from kafe.coding.timeline import timeline
    from kafe.store import open_store

    problems: list[Row] = []
    with open_store(project.paths, project.settings) as store:
        recorded = attempt(lambda: keep_history(project.paths.codebook, store, at=now()), problems)
    usable, history = recorded or (None, [])
    codebook = usable or Codebook((), "")
    notes = {note.id: note for note in project.notes()}
    known = notes | {note.id: note for note in withdrawn_notes(project)}
    units = project.units()
    suggestions = suggest(project.docs, units, codebook) if codebook.codes else []
    with open_store(project.paths, project.settings) as store:
        if usable:
            read, finished, listed = read_codings(project.paths.codings, known, usable, history)
            problems += [problem_row(problem) for problem in listed]
            take_in(store, [replace(coding, origin=FROM_FILE) for coding in read], at=now())
            store.append_finished_marks(finished, FROM_FILE)
        mask_memos(project, store)
        codings = [coding for coding in store.codings() if coding.note_id in notes]
        marks = sorted(mark for mark in store.finished() if mark[1] in notes)
        memos, operations = store.memos(), store.operations()
        stale = len(store.stale_codings())
        agreed = settled(codings, marks, store.history(notes))
        problems += spelling_problems(store)
        compared = agreements(project, store, codebook, codings, suggestions, marks)
        model = learnt(project, store, codebook, codings, marks)
    return {
        "codes": [asdict(code) for code in codebook.codes],
        "codebook": {"title": codebook.title, "version": codebook.version},
        "suggestions": [asdict(suggestion) for suggestion in suggestions],
        "codings": [asdict(coding) for coding in codings],
        "replaced": sorted(coding.id for coding in codings if agreed.replaces(coding)),
        "finished": [list(mark) for mark in marks],
        "memos": [asdict(memo) for memo in memos],
        "timeline": timeline(operations),
        **compared,
        **model,
        "stale": stale,
        "problems": problems,
    }


def run_topics(project: Project) -> Tables:
    """Match notes to the codebook's definitions, then find free topics; return both with their doubts."""
    from kafe.topics import Edits, anchored, free_topics

    problems: list[Row] = []
    settings = project.settings
    notes = project.notes()
    ids, texts = [note.id for note in notes], [note.text for note in notes]
    tables = project.tables("units")
    lemmas = [tables["lemmas"][note_id] for note_id in ids]
    codebook = codebook_of(project)
    edits = attempt(lambda: read_edits(project.paths.topic_edits, codebook), problems) or Edits()
    anchors = project_anchors(codebook, settings.topics.anchor_roots)
    near = anchored(
        ids,
        texts,
        anchors,
        threshold=settings.topics.anchor_threshold,
        seed=settings.seed,
    )
    free = free_topics(
        ids,
        texts,
        lemmas,
        seed=settings.seed,
        n_topics=settings.topics.topics,
        language=[note.language for note in notes],
        source=[note.session for note in notes],
        surface=tables["surface"],
        model=embedding_of(project),
        cache=project.paths.cache / "embeddings",
        edits=edits,
    )
    found = free_tables(free, lemmas)
    return {
        "anchors": [{"id": anchor.id, "name": anchor.name} for anchor in near.anchors],
        "anchored": near.table().to_dict("records"),
        "anchored_about": {"threshold": near.threshold, "margin": near.margin, "calibrated": near.calibrated},
        "unassigned": [{"note_id": note_id} for note_id in near.unassigned()],
        **found,
        "breakdown": breakdown(notes, found, settings.privacy),
        "rest": _rest(project, notes, set(near.unassigned())),
        "compared": meetings_compared(notes, tables["lemmas"], free, tables["surface"]),
        "problems": problems + doubts(free.notices),
    }


def _rest(project: Project, notes: Sequence[Note], unexplained: set[str]) -> Tables:
    """Return the free topics of the notes that no anchor explains: candidates for the codebook."""
    from kafe.topics import free_topics

    tables = project.tables("units")
    own = [note for note in notes if note.id in unexplained]
    lemmas = [tables["lemmas"][note.id] for note in own]
    found = free_topics(
        [note.id for note in own],
        [note.text for note in own],
        lemmas,
        seed=project.settings.seed,
        language=[note.language for note in own],
        source=[note.session for note in own],
        surface=tables["surface"],
        model=embedding_of(project),
        cache=project.paths.cache / "embeddings",
    )
    return free_tables(found, lemmas)


def embedding_of(project: Project) -> str:
    """Return the embedding that the settings name; a folder is looked up from the project first."""
    chosen = project.settings.topics.embedding
    return str(project.root / chosen) if (project.root / chosen).is_dir() else chosen


def project_anchors(codebook: Codebook, roots: Iterable[str]) -> list[Any]:
    """Return an anchor for each codable code (under `roots`, when given): definition, inclusion, examples."""
    from kafe.topics import Anchor

    wanted = set(roots)
    return [
        Anchor(code.id, code.name, (f"{code.name}. {code.definition}", *code.include, *code.examples))
        for code in codebook.codes
        if code.codable
        and code.status != "retired"
        and (not wanted or wanted & {above.id for above in codebook.path(code.id)})
    ]


def run_pilot(project: Project) -> Tables:
    """Bring codes, themes and decisions together: memberships, the innspillslogg, and what has no notes."""
    from kafe import pilot as room
    from kafe.language import Glossary, load_glossary, unknown_abbreviations
    from kafe.store import open_store

    problems: list[Row] = []
    paths, notes, codebook = project.paths, project.notes(), codebook_of(project)
    plan = attempt(lambda: room.load_pilot(paths.pilot), problems) if paths.pilot.exists() else None
    glossary = attempt(lambda: load_glossary(paths.glossary), problems) or Glossary()
    stakeholders = indicators = None
    if paths.stakeholders.exists():
        stakeholders = attempt(lambda: room.load_stakeholders(paths.stakeholders), problems)
    if paths.indicators.exists():
        indicators = attempt(lambda: room.load_indicators(paths.indicators), problems)
    withdrawn = withdrawn_notes(project)
    everyone = [*notes, *withdrawn]
    read = attempt(lambda: room.read_decisions(paths.decisions, everyone, codebook, plan), problems)
    decisions, listed = read or ([], [])
    problems += [problem_row(problem) for problem in listed]
    with open_store(paths, project.settings) as store:
        store.append_decisions(decisions)
    memberships = project_memberships(project)
    log = room.innspillslogg(notes, memberships, decisions, plan, withdrawn=withdrawn, codebook=codebook)
    return {
        "memberships": [list(member) for member in memberships],
        "decisions": [asdict(decision) for decision in decisions],
        "log": log,
        "trace": room.traceability(plan, decisions, memberships, notes, codebook=codebook) if plan else [],
        "elements": [element.model_dump() for element in plan.elements] if plan else [],
        "stakeholders": [one.model_dump() for one in stakeholders or ()],
        "indicators": room.evaluation_table(indicators or ()),
        "unknown_abbreviations": unknown_abbreviations(notes, glossary),
        "problems": problems,
    }


def project_memberships(project: Project) -> list[Any]:
    """Return (note id, theme id, origin) once each: people's codings, rules, anchored themes, free topics.

    Where people have agreed, what they agreed on stands instead of each one's own codings.
    """
    coding, topics = project.tables("coding"), project.tables("topics")
    replaced = set(coding["replaced"])
    found = {
        (row["note_id"], row["code"], "menneske") for row in coding["codings"] if row["id"] not in replaced
    }
    found |= {(row["note_id"], row["code"], "regel") for row in coding["suggestions"]}
    found |= {(row["note_id"], row["theme"], "anker") for row in topics["anchored"]}
    found |= {
        (row["note_id"], f"emne-{row['topic']}", "emne")
        for row in topics["assignments"]
        if row["topic"] >= 0 and not row["far"]
    }
    return sorted(found)


def codebook_of(project: Project) -> Codebook:
    """Return the codebook that the coding stage read; without codes when the file could not be used."""
    tables = project.tables("coding")
    rows: list[dict[str, Any]] = [
        {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
        for row in tables["codes"]
    ]
    codes = tuple(Code(**row) for row in rows)
    return Codebook(codes, tables["codebook"]["version"], tables["codebook"]["title"])


def attempt(read: Callable[[], T], problems: list[Row]) -> T | None:
    """Return what `read` returns; where its file cannot be used, list why and return None."""
    try:
        return read()
    except KafeError as error:
        row = {"file": error.file, "place": error.place, "message": error.message, "remedy": error.remedy}
        problems.append({**row, "unusable": True})
        return None


def problem_row(problem: Any) -> Row:
    """Return a room's problem as the row that reports show."""
    return {
        "file": problem.file,
        "place": f"rad {problem.row}",
        "message": problem.message,
        "remedy": problem.remedy,
        "unusable": False,
    }


def withdrawn_notes(project: Project) -> list[Note]:
    """Return the notes that are no longer in their source; people's work on them still counts as known."""
    return [Note(**row) for row in project.tables("notes")["withdrawn"]]


def now() -> str:
    """Return the present moment as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _model(project: Project) -> str:
    from kafe.language import model_identity

    return model_identity(project.settings.language.model, project.root)


def _read_by_coding(project: Project) -> object:
    from kafe.store import open_store

    with open_store(project.paths, project.settings) as store:
        work = store.revision(apart_from=FROM_FILE)
    files = [file_hash(project.paths.codebook), file_hash(project.paths.names)]
    return [*files, tree_hashes(project.paths.codings), _model(project), work]


def _read_by_pilot(project: Project) -> object:
    paths = project.paths
    read = (paths.pilot, paths.stakeholders, paths.indicators, paths.decisions, paths.glossary)
    return [file_hash(path) for path in read]


STAGES = (
    Stage(
        "notes",
        (),
        lambda project: [
            tree_hashes(project.paths.raw),
            _model(project),
            project.settings.project.model_dump(mode="json"),
            project.settings.store.url,
        ],
        run_notes,
    ),
    Stage("units", ("notes",), _model, run_units),
    Stage("coding", ("notes", "units"), _read_by_coding, run_coding),
    Stage(
        "topics",
        ("notes", "units"),
        lambda project: [
            project.settings.topics.model_dump(mode="json"),
            project.settings.privacy.model_dump(mode="json"),
            project.settings.seed,
            file_hash(project.paths.codebook),
            file_hash(project.paths.topic_edits),
            _model(project),
        ],
        run_topics,
    ),
    Stage("pilot", ("notes", "coding", "topics"), _read_by_pilot, run_pilot),
)
