"""Notes whose source was corrected: recognised, people's work on them followed where certain, the rest listed."""

from kafe.corrections import questions, settle
from kafe.corrections.carry import carry
from kafe.corrections.settle import recognise
from kafe.corrections.waiting import Standing, WaitingAct, standing
from kafe.corrections.work import resolved, unfollowed_memos

__all__ = [
    "Standing",
    "WaitingAct",
    "carry",
    "questions",
    "recognise",
    "resolved",
    "settle",
    "standing",
    "unfollowed_memos",
]
