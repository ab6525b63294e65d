"""Tables in, figures out: always with title, one-sentence summary and the table behind; no I/O."""

from kafe.charts.bars import bars
from kafe.charts.dots import dot_range
from kafe.charts.figure import PLOTLY_MIME, Figure
from kafe.charts.heatmap import heatmap
from kafe.charts.hierarchy import hierarchy
from kafe.charts.lines import band, curve
from kafe.charts.over_time import over_time
from kafe.charts.stakeholders import stakeholder_map
from kafe.charts.topic_map import topic_map

__all__ = [
    "PLOTLY_MIME",
    "Figure",
    "band",
    "bars",
    "curve",
    "dot_range",
    "heatmap",
    "hierarchy",
    "over_time",
    "stakeholder_map",
    "topic_map",
]
