"""What the commands do: one use case a module, so that the command line only parses, calls and prints."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kafe.commands import (
        assign,
        change_codebook,
        check_codebook,
        doctor,
        exchange,
        host_form,
        lab,
        links,
        merge_stores,
        new_project,
        notebooks,
        topic_decisions,
    )

__all__ = [
    "assign",
    "change_codebook",
    "check_codebook",
    "doctor",
    "exchange",
    "host_form",
    "lab",
    "links",
    "merge_stores",
    "new_project",
    "notebooks",
    "topic_decisions",
]
