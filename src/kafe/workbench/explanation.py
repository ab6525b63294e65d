"""What a report shows where its notebook has the workbench."""

from kafe.messages import message


class BatchExplanation:
    """Words that say where the workbench is; nothing is opened where nobody is there to code."""

    def __init__(self, *, consensus: bool = False):
        self.words = message("workbench.batch_consensus" if consensus else "workbench.batch")

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/markdown": self.words}
