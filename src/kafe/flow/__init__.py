"""The engine: a project's stages in order (`pipeline`), and its reports; what did not change does not run again.

Names are loaded when they are asked for: a notebook that shows a table does not wait for what the stages need.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kafe.flow import notebooks
    from kafe.flow.innspillslogg import log_rows, theme_names
    from kafe.flow.masking import late_mask, mask_memos, memo_mask
    from kafe.flow.notebooks import READS
    from kafe.flow.project import Project
    from kafe.flow.run import Outcome, bring_up_to_date, make_reports, run_all

HOMES = {
    "innspillslogg": ("log_rows", "theme_names"),
    "masking": ("late_mask", "mask_memos", "memo_mask"),
    "notebooks": ("READS",),
    "project": ("Project",),
    "run": ("Outcome", "bring_up_to_date", "make_reports", "run_all"),
}
__all__ = [
    "READS",
    "Outcome",
    "Project",
    "bring_up_to_date",
    "late_mask",
    "log_rows",
    "make_reports",
    "mask_memos",
    "memo_mask",
    "notebooks",
    "run_all",
    "theme_names",
]


def __getattr__(name: str) -> Any:
    """Return a name of the face, imported now from its home."""
    for home, names in HOMES.items():
        if name in names:
            return getattr(import_module(f"kafe.flow.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
