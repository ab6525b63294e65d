"""In and out: REFI-QDA projects and codebooks, tables, QualCoder, Taguette.

Every format is read to one record, `Incoming`; one rule matches its codes with those of the codebook; one
`ImportPlan` is shown before anything is changed, and one `apply_import` does it.
"""

from kafe.exchange.apply import Applied, PlannedImport, apply_import, plan_codebook_import, plan_import
from kafe.exchange.export import Exported, export
from kafe.exchange.plan import ImportPlan

__all__ = [
    "Applied",
    "Exported",
    "ImportPlan",
    "PlannedImport",
    "apply_import",
    "export",
    "plan_codebook_import",
    "plan_import",
]
