"""Do people code alike? Agreement on units and on spans, drift, and consensus where they differ."""

from kafe.agreement.coefficients import binary_alpha
from kafe.agreement.consensus import (
    ComparedCode,
    Outcome,
    Settlement,
    compare_codings,
    consensus_progress,
    settled_without_reason,
)
from kafe.agreement.drift import coder_drift
from kafe.agreement.effective import effective_codings
from kafe.agreement.spans import span_agreement
from kafe.agreement.units import agreement, group_agreement

__all__ = [
    "ComparedCode",
    "Outcome",
    "Settlement",
    "agreement",
    "binary_alpha",
    "coder_drift",
    "compare_codings",
    "consensus_progress",
    "effective_codings",
    "group_agreement",
    "settled_without_reason",
    "span_agreement",
]
