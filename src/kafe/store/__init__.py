"""The work that must not be lost: notes in versions, codings as events, decisions with their history."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kafe.store.store import Change, Store, open_store

__all__ = ["Change", "Store", "open_store"]


def __getattr__(name: str) -> Any:
    """Load SQLAlchemy only when the store is used."""
    if name in __all__:
        from kafe.store import store

        return getattr(store, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
