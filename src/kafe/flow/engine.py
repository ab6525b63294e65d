"""The stages in order, each with what it reads and leaves; a stage whose fingerprint is unchanged does not run again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kafe.files import write_text
from kafe.flow.fingerprints import fingerprint, path_hash, program_hash, read_json
from kafe.flow.project import Project
from kafe.flow.tables.base import StageTables


@dataclass(frozen=True)
class Stage:
    """A piece of the work: it runs after others and what it `reads`, and its `run` gives the tables that it `leaves`.

    `files` are names of `settings.Paths`, `settings` names of `settings.Settings` with dots between; `model`
    says that it depends on the language model, and `reads` gives anything else. The program itself and the
    tables of the stages in `after` always count.
    """

    leaves: type[StageTables]
    run: Callable[[Project], StageTables]
    after: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    model: bool = False
    reads: Callable[[Project], object] = lambda project: None

    @property
    def name(self) -> str:
        """The name of the stage: that of its tables."""
        return self.leaves.stage


def run_stages(
    project: Project, stages: Iterable[Stage], begin: Callable[[str], None] = lambda name: None
) -> list[str]:
    """Run what must run and return the names of the stages that did; `begin` is told each as it starts.

    A stage whose upstream ran but left the same tables as before is not run; one whose own tables are
    missing or are not those it left, is. Tables that an earlier kafe kept, a file a stage, are removed.
    """
    ran = []
    for path in project.results.glob("*.json"):
        path.unlink()
    for stage in stages:
        mark = _stage_fingerprint(project, stage)
        if _recorded(project).get(stage.name) == _entry(project, stage, mark):
            continue
        begin(stage.name)
        stage.run(project).save(project.results)
        _record(project, stage, mark)
        ran.append(stage.name)
    project.hashes.keep()
    return ran


def _stage_fingerprint(project: Project, stage: Stage) -> str:
    from kafe.language.models import model_identity

    model = model_identity(project.settings.language.model, project.root) if stage.model else ""
    upstream = {name: project.stage_hash(name) for name in stage.after}
    files = [path_hash(getattr(project.paths, name)) for name in stage.files]
    settings = [_setting(project, name) for name in stage.settings]
    return fingerprint([stage.name, program_hash(), upstream, files, settings, model, stage.reads(project)])


def _setting(project: Project, name: str) -> object:
    value: object = project.settings.model_dump(mode="json")
    for part in name.split("."):
        value = value[part]  # type: ignore[index]
    return value


def _entry(project: Project, stage: Stage, mark: str) -> dict[str, str]:
    return {"read": mark, "left": project.stage_hash(stage.name)}


def _recorded(project: Project) -> dict[str, dict[str, str]]:
    return read_json(project.paths.cache / "fingerprints.json")


def _record(project: Project, stage: Stage, mark: str) -> None:
    marks = {**_recorded(project), stage.name: _entry(project, stage, mark)}
    write_text(project.paths.cache / "fingerprints.json", json.dumps(marks, indent=1, sort_keys=True) + "\n")
