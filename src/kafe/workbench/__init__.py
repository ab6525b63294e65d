"""The coding workbench: a widget for JupyterLab where people read notes and put codes on them.

It is handed a store and the material (`CodingMaterial`), and knows of no project folder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafe.workbench.explanation import BatchExplanation
from kafe.workbench.material import CodingMaterial, merge_suggestions

if TYPE_CHECKING:
    from kafe.workbench.widget import Workbench, open_workbench

__all__ = ["BatchExplanation", "CodingMaterial", "Workbench", "merge_suggestions", "open_workbench"]


def __getattr__(name: str) -> Any:
    """Load the widget's library only when a workbench is opened."""
    if name in ("Workbench", "open_workbench"):
        from kafe.workbench import widget

        return getattr(widget, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
