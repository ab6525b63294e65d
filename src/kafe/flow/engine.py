"""The stages in order, each with what it reads; a stage whose fingerprint is unchanged does not run again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kafe.files import write_text
from kafe.flow.fingerprints import file_hash, fingerprint, program_hash
from kafe.flow.project import Project, Tables, read_json


@dataclass(frozen=True)
class Stage:
    """`reads` gives what the stage depends on beside the program and the stages `after` which it runs."""

    name: str
    after: tuple[str, ...]
    reads: Callable[[Project], object]
    run: Callable[[Project], Tables]


def run_stages(
    project: Project, stages: Iterable[Stage], begin: Callable[[str], None] = lambda name: None
) -> list[str]:
    """Run what must run and return the names of the stages that did; `begin` is told each as it starts.

    A stage whose upstream ran but left the same tables as before is not run; one whose own tables are
    missing or are not those it left, is.
    """
    ran = []
    for stage in stages:
        mark = _stage_fingerprint(project, stage)
        if _recorded(project).get(stage.name) == _entry(project, stage.name, mark):
            continue
        begin(stage.name)
        project.save_tables(stage.name, stage.run(project))
        _record(project, stage.name, mark)
        ran.append(stage.name)
    return ran


def _stage_fingerprint(project: Project, stage: Stage) -> str:
    upstream = {name: file_hash(project.result_path(name)) for name in stage.after}
    return fingerprint([stage.name, program_hash(), upstream, stage.reads(project)])


def _entry(project: Project, name: str, mark: str) -> dict[str, str]:
    return {"read": mark, "left": file_hash(project.result_path(name))}


def _recorded(project: Project) -> dict[str, dict[str, str]]:
    return read_json(project.paths.cache / "fingerprints.json")


def _record(project: Project, name: str, mark: str) -> None:
    marks = {**_recorded(project), name: _entry(project, name, mark)}
    write_text(project.paths.cache / "fingerprints.json", json.dumps(marks, indent=1, sort_keys=True) + "\n")
