"""Statistics that several packages share: intervals, bootstrap over clusters, random orders; each with its source."""

from kafe.stats import ratios
from kafe.stats.intervals import newcombe, percentile, prediction_limit, wilson, wilson_of_share
from kafe.stats.resampling import ClusterBootstrap, random_orders, shuffled_words

__all__ = [
    "ClusterBootstrap",
    "newcombe",
    "percentile",
    "prediction_limit",
    "random_orders",
    "ratios",
    "shuffled_words",
    "wilson",
    "wilson_of_share",
]
