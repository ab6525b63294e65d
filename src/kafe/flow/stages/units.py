"""Units: the notes annotated, cut into sentences and list items, with their lemmas."""

from __future__ import annotations

from kafe.flow.project import Project
from kafe.flow.tables.units import UnitRow, UnitsTables


def run_units(project: Project) -> UnitsTables:
    """Annotate the notes; return units and content lemmas."""
    from kafe.language import TokenSpans, content_lemmas, surface_forms, units
    from kafe.search import lemmas_of_forms

    docs = project.docs
    rows: list[UnitRow] = []
    for note in project.notes():
        doc = docs[note.id]
        spans = TokenSpans(doc)
        for unit in units(note.id, doc):
            span = spans(unit.start, unit.end)
            lemmas = content_lemmas(span) if span is not None else []
            at: UnitRow = {
                "note_id": unit.note_id,
                "start": unit.start,
                "end": unit.end,
                "text": unit.text,
                "lemmas": lemmas,
            }
            rows.append(at)
    return UnitsTables(
        units=rows,
        lemmas={note_id: content_lemmas(doc) for note_id, doc in sorted(docs.items())},
        surface=dict(sorted(surface_forms(docs.values()).items())),
        forms=lemmas_of_forms(docs.values()),
    )
