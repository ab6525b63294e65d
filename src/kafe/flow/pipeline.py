"""The five stages, what each reads and what each leaves: the whole way of the data on one screen.

    data/raw ──► notes ──► units ──► coding ──► pilot        (coding and topics both read notes and units)
                                 └─► topics ──►

| stage  | does                                                        | leaves (`flow.tables`) |
|--------|-------------------------------------------------------------|------------------------|
| notes  | read, de-identify, give a written standard, store           | `NotesTables`          |
| units  | annotate; cut into sentences and list items                 | `UnitsTables`          |
| coding | suggest codes, read people's codings, measure agreement     | `CodingTables`         |
| topics | match notes to the codebook's definitions, find free topics | `TopicsTables`         |
| pilot  | bring codes, topics and decisions together                  | `PilotTables`          |

Tables lie in `.kafe/results/STAGE/TABLE.json`. What a stage reads is hashed; where nothing of it changed, and
the tables are those it left, it does not run again (`flow.engine`). Files are named as in `settings.Paths`,
settings as in `kafe.toml`. `topics` takes the codebook as `coding` read it, and runs again when the file changes, not
when anyone has coded.
"""

from __future__ import annotations

from kafe.flow.engine import Stage
from kafe.flow.project import Project
from kafe.flow.stages.coding import run_coding
from kafe.flow.stages.notes import run_notes
from kafe.flow.stages.pilot import run_pilot
from kafe.flow.stages.topics import run_topics
from kafe.flow.stages.units import run_units
from kafe.flow.tables import CodingTables, NotesTables, PilotTables, TopicsTables, UnitsTables
from kafe.origins import FROM_FILE


def peoples_work(project: Project) -> list[int]:
    """Return what changes when anyone has coded, decided or written in the store, apart from what files bring."""
    from kafe.store import open_store

    with open_store(project.paths, project.settings) as store:
        return store.revision(apart_from=FROM_FILE)


def read_links(project: Project) -> list[int]:
    """Return what changes when anyone has read notes against proposals in the store, apart from what the file brings."""
    from kafe.store import open_store

    with open_store(project.paths, project.settings) as store:
        return [store.link_revision()]


STAGES = (
    Stage(NotesTables, run_notes, files=("raw",), settings=("project", "store.url"), model=True),
    Stage(UnitsTables, run_units, after=("notes",), model=True),
    Stage(
        CodingTables,
        run_coding,
        after=("notes", "units"),
        files=("codebook", "names", "codings"),
        model=True,
        reads=peoples_work,
    ),
    Stage(
        TopicsTables,
        run_topics,
        after=("notes", "units"),
        files=("codebook", "topic_edits"),
        settings=("topics", "privacy", "seed"),
        model=True,
    ),
    Stage(
        PilotTables,
        run_pilot,
        after=("notes", "coding", "topics"),
        files=("pilot", "stakeholders", "indicators", "decisions", "links", "glossary"),
        reads=read_links,
    ),
)
