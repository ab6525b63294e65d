"""Execute notebooks and make offline HTML pages of them; rendering returns text, the caller writes it."""

from kafe.report.execute import execute_notebook
from kafe.report.index import ReportEntry, render_index
from kafe.report.page import PageMeta
from kafe.report.parameters import parse_parameters
from kafe.report.render import render_report

__all__ = [
    "PageMeta",
    "ReportEntry",
    "execute_notebook",
    "parse_parameters",
    "render_index",
    "render_report",
]
