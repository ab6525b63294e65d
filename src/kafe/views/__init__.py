"""What notebooks show: `start` gives a project's results, and a module for each topic makes blocks and figures of them.

Each is loaded when it is asked for, so that a notebook does not wait for what it does not show.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kafe.views import (
        agreement,
        codes,
        participation,
        pilot,
        search,
        source,
        themes,
        topics,
        topics_and_codes,
        workbench,
    )
    from kafe.views.results import Results, start

__all__ = [
    "Results",
    "agreement",
    "codes",
    "participation",
    "pilot",
    "search",
    "source",
    "start",
    "themes",
    "topics",
    "topics_and_codes",
    "workbench",
]


def __getattr__(name: str) -> Any:
    """Return a name of the face, imported now; Python itself finds the modules."""
    if name in ("Results", "start"):
        from kafe.views import results

        return getattr(results, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
