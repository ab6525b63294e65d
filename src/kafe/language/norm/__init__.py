"""Words as keys: one norm form for the Bokmål, Nynorsk and dialect spellings of a word, and the parts of compounds.

Keys are for counting and matching; none of them is shown.
"""

from kafe.language.norm.compounds import ENDINGS, base_forms, members
from kafe.language.norm.forms import norm_form, norm_forms

__all__ = ["ENDINGS", "base_forms", "members", "norm_form", "norm_forms"]
