"""Run notebooks and make offline HTML reports of them; functions return text, the caller writes it."""

from kafe.report.index import ReportEntry, render_index
from kafe.report.parameters import Parameter, notebook_parameters, parse_parameters
from kafe.report.render import notebook_title, render
from kafe.report.run import run_notebook

__all__ = [
    "Parameter",
    "ReportEntry",
    "notebook_parameters",
    "notebook_title",
    "parse_parameters",
    "render",
    "render_index",
    "run_notebook",
]
