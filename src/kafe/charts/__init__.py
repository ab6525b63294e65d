"""Tables in, figures and blocks out: always with title, text summary and the table behind; no I/O."""

from kafe.blocks.blocks import MIME, Block, Table, callout, key_figures, quotes, table
from kafe.blocks.kwic import keyword_lines
from kafe.blocks.layout import fold, plain, stack, statement, together
from kafe.charts.band import band
from kafe.charts.bars import bars, grouped_bars
from kafe.charts.figure import Figure, empty_figure
from kafe.charts.heat import heatmap
from kafe.charts.hierarchy import hierarchy
from kafe.charts.lines import curve, dot_range
from kafe.charts.over_time import over_time
from kafe.charts.stakeholders import stakeholder_map
from kafe.charts.topic_map import topic_map

__all__ = [
    "MIME",
    "Block",
    "Figure",
    "Table",
    "band",
    "bars",
    "callout",
    "curve",
    "dot_range",
    "empty_figure",
    "fold",
    "grouped_bars",
    "heatmap",
    "hierarchy",
    "key_figures",
    "keyword_lines",
    "over_time",
    "plain",
    "quotes",
    "stack",
    "stakeholder_map",
    "statement",
    "table",
    "together",
    "topic_map",
]
