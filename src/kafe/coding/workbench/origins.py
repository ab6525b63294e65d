"""How the origin of an event tells what was done in the workbench."""

WORKBENCH = "workbench"
"""Put or removed by hand."""
REFUSED = "refused:"
"""Start of the origin of the `remove` event that says no to a suggestion, before the suggestion's source."""
REOPENED = "reopened:"
"""Start of the origin of the `remove` event that takes a refusal back."""
SUGGESTED = ("rule:", "model:")
"""Starts of the origin of a suggestion that was accepted."""
