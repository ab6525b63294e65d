"""Who is behind a coding, and what the stored origin of an event says about how it came to be."""

from typing import Literal

from kafe.records import Coding, Suggestion

Origin = Literal["human", "machine"]
MACHINES = ("rule", "model")
WORKBENCH = "workbench"
"""Put or removed by hand."""
REFUSED = "refused:"
"""Start of the origin of the `remove` event that says no to a suggestion, before the suggestion's source."""
REOPENED = "reopened:"
"""Start of the origin of the `remove` event that takes a refusal back."""
SUGGESTED = ("rule:", "model:")
"""Starts of the origin of a suggestion that was accepted."""
CONSENSUS_CODER = "konsensus"
"""The coder under whose name consensus is stored."""
CONSENSUS = "consensus:"
"""Start of the origin of what coders agreed on, before the ids of the codings it replaces."""
REOPENED_CONSENSUS = REOPENED + CONSENSUS
"""Origin of an event that takes a consensus back."""


def is_machine_name(coder: str) -> bool:
    """Return whether a coder's name is that of a rule or model, with or without its version."""
    return coder.partition(":")[0].strip().lower() in MACHINES


def coder_names(item: Coding | Suggestion) -> tuple[str, ...]:
    """Return the names an item goes under: a person's, or a machine's with and without version."""
    name = item.source if isinstance(item, Suggestion) else item.coder
    return (name, name.partition(":")[0]) if is_machine_name(name) else (name,)


def origin(item: Coding | Suggestion) -> Origin:
    """Return whether a person or a machine is behind the item; accepted suggestions are a person's.

    Raises ValueError for a removal: only codings that stand may be counted.
    """
    if isinstance(item, Suggestion):
        return "machine"
    if item.action != "add":
        raise ValueError(f"event {item.id} is a removal; give the codings that stand")
    return "machine" if is_machine_name(item.coder) else "human"
