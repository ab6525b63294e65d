"""What it costs to keep the tables of 100,000 notes: formats side by side, and a run in which nothing changed.

    python benchmarks/stage_tables.py [NOTES]

The tables are made up, with the columns, and about the lengths, of those that a run on the example project's
sentences leaves. Formats: a JSON file a stage, a JSON file a table (kafe's), SQLite, and Parquet where pyarrow
is installed. Told: megabytes, and seconds to write all, to read the innspillslogg, and to read the indicators.
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any

from kafe.files import write_text

ROOT = Path(__file__).parent.parent
NOTES = 100_000
GROUPS = ("bruker", "pårørende", "kommune", "fastlege", "sykehus")
StageRows = dict[str, dict[str, Any]]


def made_up(count: int) -> StageRows:
    """Return stage → table → rows for so many notes; the same for the same number."""
    from kafe.ingest.project import read_project

    texts = [note.text for note in read_project(ROOT / "data" / "raw").notes]
    draw = random.Random(1)
    notes, units, suggestions, anchored, assignments, members, log = ([] for _ in range(7))
    lemmas = {}
    for number in range(count):
        identity, text = f"n-{number:012x}", draw.choice(texts)
        known = {
            "session": f"kafe-{number % 20}",
            "date": "2025-05-06",
            "table": str(number % 9),
            "question": "tiltak",
            "group": draw.choice(GROUPS),
            "municipality": "Sandnes",
            "votes": number % 4,
        }
        source = {"source_file": f"kafe-{number % 20}/bord.csv", "source_place": f"rad {number}"}
        notes.append(
            {
                "id": identity,
                "kind": "fritekst",
                "text": text,
                "round": "",
                "language": "nb",
                **known,
                **source,
            }
        )
        half = len(text) // 2
        for start, end in ((0, half), (half, len(text))):
            words = text[start:end].lower().split()
            units.append(
                {"note_id": identity, "start": start, "end": end, "text": text[start:end], "lemmas": words}
            )
        lemmas[identity] = text.lower().split()
        code = f"kode-{draw.randrange(60)}"
        suggestions.append(
            {
                "note_id": identity,
                "start": 0,
                "end": half,
                "code": code,
                "source": "rule:b3087ce7870a",
                "reason": "Treff på «politi».",
                "score": 1.0,
            }
        )
        anchored.append({"note_id": identity, "theme": code, "name": code, "score": 0.6027, "margin": 0.1456})
        at = {"x": round(draw.random(), 4), "y": round(draw.random(), 4)}
        topic = draw.randrange(20)
        assignments.append(
            {
                "note_id": identity,
                "topic": topic,
                "confidence": 0.2151,
                "distance": 0.7818,
                "far": False,
                "reason": "",
                **at,
            }
        )
        members += [
            [identity, code, "anchor"],
            [identity, code, "rule"],
            [identity, f"emne-{topic}", "topic"],
        ]
        themes = {f"themes_{origin}": [code] for origin in ("human", "rule", "anchor", "topic")}
        fate = dict.fromkeys(
            ("decided_fate", "decided_on", "reason", "who", "when", "element", "element_title"), ""
        )
        log.append(
            {
                "note_id": identity,
                "text": text,
                **known,
                **themes,
                "fate": "undecided",
                **fate,
                "conflict": [],
                **source,
            }
        )
    return {
        "notes": {"notes": notes},
        "units": {"units": units, "lemmas": lemmas},
        "coding": {"suggestions": suggestions, "order": [row["id"] for row in notes]},
        "topics": {"anchored": anchored, "assignments": assignments},
        "pilot": {"memberships": members, "log": log, "indicators": [{"name": "a", "before": 1.0}] * 10},
    }


def seconds(work: Callable[[], object]) -> float:
    """Return how long it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def json_a_stage(
    tables: StageRows, folder: Path
) -> tuple[Callable[..., object], Callable[[str, str], object]]:
    """Return what writes the tables as one indented JSON file a stage, and what reads one table."""

    def write() -> None:
        for stage, content in tables.items():
            text = json.dumps(content, ensure_ascii=False, indent=0)
            (folder / f"{stage}.json").write_text(text, encoding="utf-8")

    return write, lambda stage, name: json.loads((folder / f"{stage}.json").read_text(encoding="utf-8"))[name]


def json_a_table(
    tables: StageRows, folder: Path
) -> tuple[Callable[..., object], Callable[[str, str], object]]:
    """Return what writes the tables as kafe does, a row a line, and what reads one."""
    from kafe.flow.tables.base import read_table, table_text

    def write() -> None:
        for stage, content in tables.items():
            for name, rows in content.items():
                (folder / f"{stage}.{name}.json").write_text(table_text(rows), encoding="utf-8")

    return write, lambda stage, name: read_table(folder / f"{stage}.{name}.json")


def sqlite(tables: StageRows, folder: Path) -> tuple[Callable[..., object], Callable[[str, str], object]]:
    """Return what writes the tables to a database, lists as JSON, and what reads one as rows by column."""

    def write() -> None:
        with sqlite3.connect(folder / "tables.sqlite") as base:
            for stage, content in tables.items():
                for name, rows in content.items():
                    flat = _flat(rows)
                    columns = ", ".join(f'"{column}"' for column in flat[0])
                    places = ", ".join("?" for _ in flat[0])
                    base.execute(f'create table "{stage}.{name}" ({columns})')
                    values = ([_plain(value) for value in row.values()] for row in flat)
                    base.executemany(f'insert into "{stage}.{name}" values ({places})', values)

    def read(stage: str, name: str) -> object:
        base = sqlite3.connect(folder / "tables.sqlite")
        found = base.execute(f'select * from "{stage}.{name}"')
        columns = [column for column, *_ in found.description]
        return [
            {
                key: json.loads(value) if str(value)[:1] == "[" else value
                for key, value in zip(columns, row, strict=True)
            }
            for row in found
        ]

    return write, read


def parquet(tables: StageRows, folder: Path) -> tuple[Callable[..., object], Callable[[str, str], object]]:
    """Return what writes the tables as Parquet, and what reads one as rows by column."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    def write() -> None:
        for stage, content in tables.items():
            for name, rows in content.items():
                pq.write_table(pa.Table.from_pylist(_flat(rows)), folder / f"{stage}.{name}.parquet")

    return write, lambda stage, name: pq.read_table(folder / f"{stage}.{name}.parquet").to_pylist()


def _flat(rows: Any) -> list[dict[str, Any]]:
    if isinstance(rows, dict):
        return [{"key": key, "value": value} for key, value in rows.items()]
    return [row if isinstance(row, dict) else {"value": row} for row in rows]


def _plain(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def compare(tables: StageRows) -> None:
    """Print a line for each format."""
    print(f"{'format':14} {'MB':>6} {'write':>7} {'log':>7} {'indicators':>11}")
    for kind in (json_a_stage, json_a_table, sqlite, parquet):
        folder = Path(tempfile.mkdtemp())
        try:
            write, read = kind(tables, folder)
        except ImportError as error:
            print(f"{kind.__name__:14} {error}")
            continue
        written = seconds(write)
        log, small = seconds(partial(read, "pilot", "log")), seconds(partial(read, "pilot", "indicators"))
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        print(f"{kind.__name__:14} {size:6.0f} {written:7.2f} {log:7.2f} {small:11.4f}")
        shutil.rmtree(folder)


def unchanged(tables: StageRows) -> None:
    """Print how long a run takes in which nothing changed: the example project with its large tables replaced.

    Reports are not made, only looked after; each stands as five megabytes.
    """
    from kafe.flow import Project, run

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        for part in ("data", "notebooks"):
            shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("*.sqlite*"))
        shutil.copy(ROOT / "kafe.toml", root)
        project = Project(root)
        run.bring_up_to_date(project)
        for stage in run.STAGES:
            left = stage.leaves.stored(project.results)
            for field in fields(left):
                setattr(left, field.name, tables[stage.name].get(field.name, getattr(left, field.name)))
            left.save(project.results)
        for stage in run.STAGES:
            left = stage.leaves.stored(project.results)
            run.run_stages(project, [replace(stage, run=partial(_same, left))])
        run.execute, run.write_page = _stub_notebook, _stub_page
        run.run_all(Project(root))
        for _ in range(3):
            begun = time.perf_counter()
            outcome = run.run_all(Project(root))
            assert not outcome.stages
            assert not outcome.made
            print(f"nothing changed: {time.perf_counter() - begun:.2f} s")


def _same(left: Any, project: Any) -> Any:
    for field in fields(left):
        getattr(left, field.name)
    return left


def _stub_notebook(project: Any, notebook: Path, values: dict[str, Any]) -> None:
    from kafe.flow.reports import executed_path

    write_text(executed_path(project, notebook, values), "x" * 5_000_000)


def _stub_page(project: Any, notebook: Path, values: dict[str, Any]) -> None:
    from kafe.flow.notebooks import report_path

    write_text(report_path(project, notebook, values), "x" * 5_000_000)


if __name__ == "__main__":
    made = made_up(int(sys.argv[1]) if len(sys.argv) > 1 else NOTES)
    compare(made)
    unchanged(made)
