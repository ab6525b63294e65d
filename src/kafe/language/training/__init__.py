"""How the bundled models are trained and measured; nothing here runs when notes are analysed.

Each part is loaded when asked for: the pipeline needs spaCy's training, the embeddings PyTorch.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kafe.language.training.embedding import FIELD, train_static
    from kafe.language.training.evaluate import evaluate_conllu
    from kafe.language.training.identifier import train_identifier
    from kafe.language.training.pipeline import train_all, train_yardstick
    from kafe.language.training.proposals import train_proposals

__all__ = [
    "FIELD",
    "evaluate_conllu",
    "train_all",
    "train_identifier",
    "train_proposals",
    "train_static",
    "train_yardstick",
]

_HOMES = {
    "FIELD": "embedding",
    "evaluate_conllu": "evaluate",
    "train_all": "pipeline",
    "train_identifier": "identifier",
    "train_proposals": "proposals",
    "train_static": "embedding",
    "train_yardstick": "pipeline",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
