"""The page that leads to all reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kafe.report.page import asset, date_in_words, fill


@dataclass(frozen=True)
class ReportEntry:
    """A report on the index: where it is, the question it answers, whether it was finished.

    `section` is the heading it stands under, `start` marks where a reader should begin. `date` is the
    last date of its material. Without `href` it is named but not linked.
    """

    title: str
    href: str = ""
    answers: str = ""
    ok: bool = True
    date: str = ""
    section: str = ""
    start: bool = False


def render_index(
    entries: Iterable[ReportEntry],
    *,
    project: str,
    notice: str = "",
    date: str = "",
    group: str = "",
    keys: Sequence[tuple[str, Any]] = (),
    reading: Sequence[str] = (),
    language: str = "nb",
) -> str:
    """Return the index as HTML.

    Entries keep their order within their section, sections the order in which they are first met.
    `keys` are (label, text as shown); `reading` are sentences on how the reports are to be read.
    """
    sections: dict[str, list[ReportEntry]] = {}
    for entry in entries:
        shown = replace(entry, date="" if entry.date == date else date_in_words(entry.date))
        sections.setdefault(entry.section, []).append(shown)
    return fill(
        "index.html.j2",
        scripts=[asset("report.js")],
        sections=list(sections.items()),
        project=project,
        title=project,
        notice=notice,
        date=date_in_words(date),
        group=group,
        keys=list(keys),
        reading=list(reading),
        language=language,
    )
