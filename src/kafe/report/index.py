"""The page that leads to all reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kafe.report.page import asset, fill


@dataclass(frozen=True)
class ReportEntry:
    """A report on the index: where it is, the question it answers, whether it was finished.

    `date` is the last date of its material. Without `href` it is named but not linked.
    """

    title: str
    href: str = ""
    answers: str = ""
    ok: bool = True
    date: str = ""


def render_index(
    entries: Iterable[ReportEntry],
    *,
    project: str,
    notice: str = "",
    date: str = "",
    group: str = "",
    keys: Sequence[tuple[str, Any]] = (),
    not_shown: Sequence[str] = (),
    language: str = "nb",
) -> str:
    """Return the index as HTML; `keys` are (label, text as shown), `not_shown` sentences on what is left out."""
    return fill(
        "index.html.j2",
        scripts=[asset("report.js")],
        entries=list(entries),
        project=project,
        title=project,
        notice=notice,
        date=date,
        group=group,
        keys=list(keys),
        not_shown=list(not_shown),
        language=language,
    )
