"""The page that leads to all reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kafe.report.page import PageMeta, asset, date_in_words, fill


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
    meta: PageMeta,
    *,
    group: str = "",
    keys: Sequence[tuple[str, Any]] = (),
    reading: Sequence[str] = (),
) -> str:
    """Return the index as HTML, headed by the name of the project.

    Entries keep their order within their section, sections the order in which they are first met. `group`
    names whose material it is; `keys` are (label, text as shown); `reading` are sentences on how the
    reports are to be read.
    """
    sections: dict[str, list[ReportEntry]] = {}
    for entry in entries:
        shown = replace(entry, date="" if entry.date == meta.date else date_in_words(entry.date))
        sections.setdefault(entry.section, []).append(shown)
    return fill(
        "index.html.j2",
        replace(meta, title=meta.project),
        scripts=[asset("report.js")],
        sections=list(sections.items()),
        group=group,
        keys=list(keys),
        reading=list(reading),
    )
