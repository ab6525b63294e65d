"""The stages in order, the reports, and what notebooks and the command line work with."""

from importlib import import_module
from typing import Any

_WHERE = {
    "Project": "kafe.flow.project",
    "examine": "kafe.flow.doctor",
    "init_project": "kafe.flow.folder",
    "make_reports": "kafe.flow.run",
    "notebooks_folder": "kafe.flow.notebooks",
    "open_lab": "kafe.flow.folder",
    "run_all": "kafe.flow.run",
    "run_notes": "kafe.flow.work",
    "start": "kafe.flow.results",
    "write_form": "kafe.flow.folder",
}
__all__ = sorted(_WHERE)


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is asked for: `kafe --help` and notebooks start quickly."""
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(name)
