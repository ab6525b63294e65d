"""The work that must not be lost: notes in versions, codings as events, decisions with their history."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kafe.store.names import name_key, tidy_name
from kafe.store.sampling import read_share, share_out

if TYPE_CHECKING:
    from kafe.store.merge import MergeReport
    from kafe.store.note_store import NoteChanges
    from kafe.store.remask import Mask
    from kafe.store.store import Store, open_store

__all__ = [
    "Mask",
    "MergeReport",
    "NoteChanges",
    "Store",
    "name_key",
    "open_store",
    "read_share",
    "share_out",
    "tidy_name",
]
_HOME = {
    "Mask": "remask",
    "MergeReport": "merge",
    "NoteChanges": "note_store",
    "Store": "store",
    "open_store": "store",
}


def __getattr__(name: str) -> Any:
    """Load SQLAlchemy only when the store is used."""
    if name in _HOME:
        return getattr(import_module(f"kafe.store.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
