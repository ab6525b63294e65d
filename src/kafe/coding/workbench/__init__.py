"""The coding workbench: a widget for JupyterLab where people read notes and put codes on them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from kafe.text import tekst

BATCH = "KAFE_READS"
"""Set by kafe for a notebook that is run to become a report; then nobody is there to code."""


def workbench(project: str | Path = "", coder: str = "") -> Any:
    """Return the workbench for a project's notes, to be shown as the last line of a cell.

    `coder` names who codes; empty: whoever coded last on this machine, or the workbench asks. In a batch
    run a short explanation is returned instead, and nothing is opened. Raises KafeError where the project
    or its store cannot be opened, or `kafe run` has not been run.
    """
    if BATCH in os.environ:
        return Explanation()
    from kafe.coding.workbench.widget import open_workbench

    return open_workbench(Path(project) if project else Path(), coder)


class Explanation:
    """What a report shows where the notebook has the workbench."""

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/markdown": tekst("workbench.batch")}
