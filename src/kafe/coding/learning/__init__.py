"""Suggestions that learn: from the codebook before anyone has coded, then from people's codings."""

from kafe.coding.learning.judgements import citable, judge
from kafe.coding.learning.learn import Learned, codes_to_learn, learn
from kafe.coding.learning.order import next_notes
from kafe.coding.learning.quality import CodeRow

__all__ = ["CodeRow", "Learned", "citable", "codes_to_learn", "judge", "learn", "next_notes"]
