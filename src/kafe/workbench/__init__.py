"""The coding workbench: a widget for JupyterLab where people read notes and put codes on them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from kafe.messages import message

BATCH = "KAFE_READS"
"""Set by kafe for a notebook that is run to become a report; then nobody is there to code."""


def workbench(project: str | Path = "", coder: str = "", *, consensus: bool = False) -> Any:
    """Return the workbench for a project's notes, to be shown as the last line of a cell.

    `coder` names who codes; empty: whoever coded last on this machine, or the workbench asks. With
    `consensus` the codings of all who have finished the same notes are shown side by side, to be settled;
    `coder` is then who writes for them, empty (or «konsensus»): all of them. In a batch run a short explanation is returned instead, and nothing is opened. Raises KafeError where the project
    or its store cannot be opened, or `kafe run` has not been run.
    """
    if BATCH in os.environ:
        return Explanation(consensus)
    from kafe.workbench.widget import open_workbench

    return open_workbench(Path(project) if project else Path(), coder, consensus=consensus)


class Explanation:
    """What a report shows where the notebook has the workbench."""

    def __init__(self, consensus: bool):
        self.words = message("workbench.batch_consensus" if consensus else "workbench.batch")

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/markdown": self.words}
