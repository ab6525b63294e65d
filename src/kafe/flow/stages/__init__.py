"""The five stages of the work: notes, units, coding, topics, pilot; each takes the project and returns its tables."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kafe.flow.stages import topic_breakdown
    from kafe.flow.stages.topics import embedder_of, topic_input

__all__ = ["embedder_of", "topic_breakdown", "topic_input"]


def __getattr__(name: str) -> Any:
    """Return a name of the face, imported now; Python itself finds the module."""
    if name in ("embedder_of", "topic_input"):
        from kafe.flow.stages import topics

        return getattr(topics, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
